package io.orbitmq.broker.delay;

import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.MessageStore;
import java.util.Arrays;

/** Messages settled without being delivered, until that stands in the log: one change for a run of one queue. One thread. */
final class Dropped {

    private static final int MOST = 1000;

    private final MessageStore store;
    private final DelayTable table;
    private int kind;
    private int queueId;
    private long[] offsets = new long[16];
    private int count;

    Dropped(MessageStore store, DelayTable table) {
        this.store = store;
        this.table = table;
    }

    /** False when there is no room because the store refuses what was added before. */
    boolean add(Place place) {
        boolean other = place.kind() != kind || place.queueId() != queueId || count == MOST;
        if (other && !flush()) {
            return false;
        }
        kind = place.kind();
        queueId = place.queueId();
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
        }
        offsets[count++] = place.offset();
        return true;
    }

    /** Writes what was added; false when the store refuses it. */
    boolean flush() {
        if (count == 0) {
            return true;
        }
        if (store.appendState(table.name(), DelayChanges.settle(kind, queueId, offsets, count)) instanceof Refused) {
            return false;
        }
        count = 0;
        return true;
    }
}
