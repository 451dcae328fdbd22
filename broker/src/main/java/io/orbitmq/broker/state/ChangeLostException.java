package io.orbitmq.broker.state;

/** A change of a table that the store refused or cannot promise; the text says why. The request fails with code 1. */
public final class ChangeLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChangeLostException(String message) {
        super(message);
    }
}
