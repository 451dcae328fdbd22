package io.orbitmq.testkit;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The lives of a simulation, each decided by its seed: ordinarily the first few. {@code -Dorbitmq.seed=N} lives that one
 * again, {@code -Dorbitmq.lives=N} so many, with {@code -Dorbitmq.firstSeed=N} others than the ordinary ones.
 *
 * @param firstSeed seed of the first life
 * @param count how many, their seeds one behind the other
 */
public record Lives(long firstSeed, long count) {

    private static final long NONE = -1;

    /** One life. */
    @FunctionalInterface
    public interface Life {

        void live(long seed) throws Exception;
    }

    /** @param count how many if nothing else is asked for */
    public static Lives ordinarily(long count) {
        long only = replayed();
        return only == NONE
                ? new Lives(Long.getLong("orbitmq.firstSeed", 0), Long.getLong("orbitmq.lives", count))
                : new Lives(only, 1);
    }

    /** Whether one life is looked at closely. */
    public static boolean isReplay() {
        return replayed() != NONE;
    }

    private static long replayed() {
        return Long.getLong("orbitmq.seed", NONE);
    }

    /** @throws AssertionError that names the seed, when a life fails */
    public void forEach(Life life) {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            try {
                life.live(seed);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + " (replay with -Dorbitmq.seed=" + seed + "): " + e.getMessage(), e);
            }
        }
    }

    /** The same, each on a thread of its own: what it keeps per thread goes with it, which many lives need. */
    public void forEachAlone(Life life) {
        forEach(seed -> liveAlone(life, seed));
    }

    private static void liveAlone(Life life, long seed) throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> {
            life.live(seed);
            return null;
        });
        new Thread(task, "life-" + seed).start();
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }
}
