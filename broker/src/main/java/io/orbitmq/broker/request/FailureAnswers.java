package io.orbitmq.broker.request;

import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests whose handling throws. A {@link ChangeLostException} means that something the request needs first, such
 * as its group, cannot be created because the store takes no changes: the request is refused with code 1 and the store's
 * sentence, which says what to do. It is not logged per request, as the store says so itself and the disk may be full. Any
 * thread.
 */
public final class FailureAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(FailureAnswers.class);

    private FailureAnswers() {}

    /** A handler that refuses what cannot be created; whatever else is thrown is the dispatcher's to answer. */
    public static RequestHandler around(RequestHandler handler) {
        return new Around(handler);
    }

    /**
     * Goes on with a request off the dispatcher, where nobody else turns a programmer's error into an answer.
     *
     * @param what for the log, such as {@code pull}
     */
    public static void goOn(Exchange exchange, String what, Runnable work) {
        try {
            work.run();
        } catch (ChangeLostException e) {
            refuse(exchange, e);
        } catch (RuntimeException e) {
            LOG.error("event={}-failed request=\"{}\"", what, exchange.request().fields(), e);
            exchange.refuse(ResponseCode.SYSTEM_ERROR, e.getClass().getName() + ": " + e.getMessage());
        }
    }

    private static void refuse(Exchange exchange, ChangeLostException lost) {
        exchange.refuse(ResponseCode.SYSTEM_ERROR, lost.getMessage());
    }

    private record Around(RequestHandler handler) implements RequestHandler {

        @Override
        public void handle(Exchange exchange) {
            try {
                handler.handle(exchange);
            } catch (ChangeLostException e) {
                refuse(exchange, e);
            }
        }

        @Override
        public void expect(List<Command> requests) {
            handler.expect(requests);
        }
    }
}
