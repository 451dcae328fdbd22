package io.orbitmq.store.index;

import java.util.List;
import java.util.Optional;

/**
 * Decides which runs to merge: the newest ones as soon as twelve of them are of one size class, with the smaller ones
 * among them; a class is four times the one below. So an entry is written again once for each time its run grows
 * twelvefold. Runs that cover enough log are left alone for good, so that trimming can drop them. There are therefore
 * fewer than twelve runs per class, of which a steady load fills every other one, and one per 32 GiB of log or more. Pure.
 */
final class MergePlan {

    static final int FAN_IN = 12;
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
            if (countOf(sizeClass, oldestFirst.subList(from, oldestFirst.size())) >= FAN_IN) {
                return Optional.of(new Range(from, endOf(oldestFirst, from)));
            }
        }
        return Optional.empty();
    }

    private static long countOf(int sizeClass, List<? extends Run> runs) {
        return runs.stream().filter(run -> classOf(run) == sizeClass).count();
    }

    /** Takes as many from {@code from} on as it takes to cover enough log. */
    private static int endOf(List<? extends Run> oldestFirst, int from) {
        long start = oldestFirst.get(from).startPosition();
        int to = from + 2;
        while (to < oldestFirst.size() && oldestFirst.get(to - 1).endPosition() - start < FINAL_LOG_BYTES) {
            to++;
        }
        return to;
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
