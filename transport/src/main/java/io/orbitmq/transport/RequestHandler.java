package io.orbitmq.transport;

/** Handles requests of one code: decode the header record, check, act, answer. */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Handles one request. On {@link Lane#inline} this runs on the connection's event loop and must not block. The
     * answer may be given later and from any thread; the request's body is valid only until this method returns. An
     * exception becomes an answer with code 1 and is logged.
     */
    void handle(Exchange exchange);
}
