package io.orbitmq.transport;

import io.orbitmq.protocol.frame.Command;
import java.util.List;

/** Handles requests of one code: decode the header record, check, act, answer. */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Handles one request. On {@link Lane#inline} this runs on the connection's event loop and must not block. The
     * answer may be given later and from any thread; the request's body is valid only until this method returns. An
     * exception becomes an answer with code 1 and is logged.
     */
    void handle(Exchange exchange);

    /**
     * Says that requests of one code have arrived together and will be {@link #handle}d one after the other, soon, in this
     * order, on this thread; or not, when the connection ends before. A handler whose requests wait for memory can have
     * these waits overlap by looking at what it will need for all of them. Only on {@link Lane#inline}; the bodies are
     * valid until this method returns. Must be quick and not throw.
     */
    default void expect(List<Command> requests) {}
}
