package io.orbitmq.broker.state;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A change of a table that the store refused or cannot promise; the text says why. The request fails with code 1. */
public final class ChangeLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean applied;

    private ChangeLostException(String message, boolean applied) {
        super(message);
        this.applied = applied;
    }

    static ChangeLostException refused(String message) {
        return new ChangeLostException(message, false);
    }

    static ChangeLostException notDurable(String message) {
        return new ChangeLostException(message, true);
    }

    /** Whether a change of {@link StateLog} was refused, so that nothing was applied and nothing will be. */
    public static boolean isRefused(CompletableFuture<Void> change) {
        return change.isCompletedExceptionally()
                && change.handle((done, failure) -> isRefusal(failure)).join();
    }

    private static boolean isRefusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ChangeLostException lost && !lost.applied;
    }

    /**
     * Throws when a change of {@link StateLog} has already failed; does nothing while it may still succeed.
     *
     * @param wanted what the change was for, such as {@code the group G}
     */
    public static void throwIfRefused(String wanted, CompletableFuture<Void> change) {
        if (!change.isCompletedExceptionally()) {
            return;
        }
        try {
            change.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ChangeLostException lost
                    ? new ChangeLostException(wanted + " cannot be created now: " + lost.getMessage(), lost.applied)
                    : e;
        }
    }
}
