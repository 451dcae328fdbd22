package io.orbitmq.protocol.frame;

/** A body is not what its request code demands. The request fails; the text says what was found where. */
public final class MalformedBodyException extends RuntimeException {

    public MalformedBodyException(String message) {
        super(message);
    }

    public MalformedBodyException(String message, Throwable cause) {
        super(message, cause);
    }
}
