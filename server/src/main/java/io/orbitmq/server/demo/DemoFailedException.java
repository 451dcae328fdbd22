package io.orbitmq.server.demo;

/** The demonstration could not go on; the text says what happened and what to do. */
public final class DemoFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailedException(String message) {
        super(message);
    }
}
