package io.orbitmq.protocol.frame;

/** Bytes that are not a legal frame. The connection they came from is closed; the text says what was found where. */
public final class MalformedFrameException extends RuntimeException {

    public MalformedFrameException(String message) {
        super(message);
    }

    public MalformedFrameException(String message, Throwable cause) {
        super(message, cause);
    }
}
