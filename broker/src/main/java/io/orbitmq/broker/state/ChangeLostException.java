package io.orbitmq.broker.state;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A change of a table that the store refused or cannot promise; the text says why. The request fails with code 1. */
public final class ChangeLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChangeLostException(String message) {
        super(message);
    }

    /** Throws what a change of {@link StateLog} has already failed with; does nothing while it may still succeed. */
    public static void throwIfRefused(CompletableFuture<Void> change) {
        if (!change.isCompletedExceptionally()) {
            return;
        }
        try {
            change.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ChangeLostException lost ? lost : e;
        }
    }
}
