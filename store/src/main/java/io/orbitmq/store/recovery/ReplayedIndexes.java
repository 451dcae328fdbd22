package io.orbitmq.store.recovery;

import io.orbitmq.store.index.KeyIndex;
import io.orbitmq.store.index.QueueIndex;
import java.io.IOException;

/**
 * The indexes while the log is replayed into them. The log is on disk already, so what they have can be written at any
 * place.
 *
 * @param queues by queue
 * @param keys by key
 */
public record ReplayedIndexes(QueueIndex queues, KeyIndex keys) {

    /** Everything before this is in the files of both. */
    long indexedEnd() {
        return Math.min(queues.indexedEnd(), keys.indexedEnd());
    }

    /** Writes what was added when it takes the memory it may; all records before {@code position} were added. */
    void writeIfFull(long position) throws IOException {
        if (!queues.wantsSeal() && !keys.wantsSeal()) {
            return;
        }
        queues.seal(position);
        keys.seal(position);
        queues.writeSealed();
        keys.writeSealed();
        boolean merged;
        do {
            merged = queues.merge();
            merged |= keys.merge();
        } while (merged);
    }
}
