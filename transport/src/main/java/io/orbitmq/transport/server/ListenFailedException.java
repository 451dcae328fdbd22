package io.orbitmq.transport.server;

/** A port could not be bound; the text names address, port, cause and what to do. */
public final class ListenFailedException extends RuntimeException {

    ListenFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
