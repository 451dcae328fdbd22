package io.orbitmq.benchmarks.load;

/**
 * What the broker acknowledged against what it can show.
 *
 * @param acknowledged messages of sends that were answered with success
 * @param stored sum of the ends of the queues that were sent to
 */
public record StoredCount(long acknowledged, long stored) {

    public boolean isEqual() {
        return acknowledged == stored;
    }
}
