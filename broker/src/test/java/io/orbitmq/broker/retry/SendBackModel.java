package io.orbitmq.broker.retry;

import java.util.HashMap;
import java.util.Map;

/**
 * What must be true of messages that are given back: each time that was answered with success there is a copy in the retry
 * topic or among the dead letters, never more copies than were asked for.
 */
final class SendBackModel {

    private final Map<Copy, Counts> all = new HashMap<>();

    /**
     * A copy as it must arrive.
     *
     * @param times how often it was tried, with this one
     */
    record Copy(String body, int times, boolean deadLetter) {}

    private static final class Counts {

        private int asked;
        private int acknowledged;
        private int arrived;
    }

    void asking(Copy copy) {
        all.computeIfAbsent(copy, key -> new Counts()).asked++;
    }

    void acknowledged(Copy copy) {
        all.get(copy).acknowledged++;
    }

    void arrived(Copy copy) {
        Counts counts = all.get(copy);
        if (counts == null || counts.arrived == counts.asked) {
            throw new AssertionError(copy + " arrived once more than it was given back");
        }
        counts.arrived++;
    }

    void checkComplete() {
        all.forEach((copy, counts) -> {
            if (counts.arrived < counts.acknowledged) {
                throw new AssertionError(copy + " was given back " + counts.acknowledged + " times, but arrived "
                        + counts.arrived + " times");
            }
        });
    }

    /** Copies of one kind that arrived. */
    int arrived(boolean deadLetter) {
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().deadLetter() == deadLetter)
                .mapToInt(entry -> entry.getValue().arrived)
                .sum();
    }
}
