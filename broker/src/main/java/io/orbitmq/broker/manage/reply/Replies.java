package io.orbitmq.broker.manage.reply;

import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to operators. Stateless. */
public final class Replies {

    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    private Replies() {}

    /** Success with a body. */
    public static void body(Exchange exchange, byte[] body) {
        exchange.answer(
                Command.response(exchange.request(), ResponseCode.SUCCESS, "", Fields.NONE, ByteBuffer.wrap(body)));
    }

    /** Success without content once {@code change} is durable; code 1 with the cause when it is not. */
    public static void whenDone(Exchange exchange, CompletableFuture<?> change) {
        whenDone(exchange, change, () -> exchange.succeed(Fields.NONE));
    }

    /** Runs {@code success}, which answers, once {@code change} is durable; code 1 with the cause when it is not. */
    public static void whenDone(Exchange exchange, CompletableFuture<?> change, Runnable success) {
        change.whenComplete((done, failure) -> {
            if (failure != null) {
                refuse(exchange, failure);
                return;
            }
            try {
                success.run();
            } catch (RuntimeException e) {
                refuse(exchange, e);
            }
        });
    }

    private static void refuse(Exchange exchange, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        LOG.warn(
                "event=operator-request-failed code={} remote={} cause=\"{}\"",
                exchange.request().code(),
                exchange.connection().remoteAddress(),
                cause.toString());
        exchange.refuse(ResponseCode.SYSTEM_ERROR, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }
}
