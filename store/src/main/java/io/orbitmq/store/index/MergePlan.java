package io.orbitmq.store.index;

import java.util.List;
import java.util.Optional;

/**
 * Decides which runs to merge: the newest ones as soon as six of them are of one size class or smaller, a class being
 * four times the one below. Runs that cover enough log are left alone for good, so that trimming can drop them. Their
 * number therefore stays below five per class plus one per 32 GiB of log. Pure.
 */
final class MergePlan {

    static final int FAN_IN = 6;
    static final long FINAL_LOG_BYTES = 32L << 30;

    private static final long SMALLEST_CLASS_BYTES = 256 * 1024;
    private static final int CLASSES = 24;

    private MergePlan() {}

    /**
     * Runs to merge into one.
     *
     * @param from index of the oldest one
     * @param to one past the newest one
     */
    record Range(int from, int to) {}

    /** The next merge, if one is due. */
    static Optional<Range> next(List<? extends Run> oldestFirst) {
        int from = oldestFirst.size();
        for (int sizeClass = 0; sizeClass < CLASSES; sizeClass++) {
            while (from > 0 && classOf(oldestFirst.get(from - 1)) <= sizeClass) {
                from--;
            }
            if (oldestFirst.size() - from >= FAN_IN) {
                return Optional.of(new Range(from, oldestFirst.size()));
            }
        }
        return Optional.empty();
    }

    private static int classOf(Run run) {
        if (run.endPosition() - run.startPosition() >= FINAL_LOG_BYTES) {
            return CLASSES;
        }
        int sizeClass = 0;
        for (long limit = SMALLEST_CLASS_BYTES; run.sizeBytes() > limit && sizeClass < CLASSES - 1; limit *= 4) {
            sizeClass++;
        }
        return sizeClass;
    }
}
