package io.orbitmq.store.recovery;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * What is known for certain about a store at a moment.
 *
 * @param sequence number of this checkpoint, growing
 * @param position everything before is in {@code tables}; what follows must be replayed on them
 * @param durableEnd everything before was forced to disk
 * @param sealedFrom position from which every record has the whole checksum
 * @param lastStoreTimestamp store time of the last record before {@code position}
 * @param clean written by an orderly stop: the log ended at {@code position}
 * @param tables snapshots of the state tables by name
 */
record Checkpoint(
        long sequence,
        long position,
        long durableEnd,
        long sealedFrom,
        long lastStoreTimestamp,
        boolean clean,
        Map<String, ByteBuffer> tables) {

    /** Before the first one: nothing is certain. */
    static Checkpoint none(long logMinPosition) {
        return new Checkpoint(0, logMinPosition, logMinPosition, Long.MAX_VALUE, 0, false, Map.of());
    }

    boolean exists() {
        return sequence > 0;
    }
}
