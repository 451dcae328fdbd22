package io.orbitmq.broker.delay;

import io.orbitmq.store.Settlement;

/**
 * Where a message waits.
 *
 * @param kind of {@link Settlement}
 * @param queueId of the internal topic
 * @param offset in that queue
 * @param position in the log
 */
record Place(int kind, int queueId, long offset, long position) {

    /** What a message that settles this one carries. */
    long settlement() {
        return Settlement.of(kind, queueId, offset);
    }
}
