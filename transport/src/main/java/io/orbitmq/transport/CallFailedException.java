package io.orbitmq.transport;

/**
 * A call to a peer got no answer. It carries no stack trace: it is made on an event loop, often for many calls at once,
 * and the caller's own stack says more.
 */
public final class CallFailedException extends RuntimeException {

    private final Reason reason;

    public CallFailedException(Reason reason, String message) {
        this(reason, message, null);
    }

    public CallFailedException(Reason reason, String message, Throwable cause) {
        super(message, cause, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What went wrong. */
    public enum Reason {
        /** No connection could be made; the request was never sent. */
        NOT_CONNECTED,
        /** The connection closed before the answer came; the request may have been carried out. */
        CLOSED,
        /** No answer in time; the request may have been carried out. */
        TIMED_OUT,
        /** Too many calls wait on this connection, or its peer does not read; the request was never sent. */
        BUSY,
        /** The request cannot be written as a frame; it was never sent. */
        UNSENDABLE
    }
}
