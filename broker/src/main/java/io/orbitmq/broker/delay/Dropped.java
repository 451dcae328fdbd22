package io.orbitmq.broker.delay;

import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.MessageStore;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Messages settled without being delivered, until that stands in the log: one change for a run of one queue. One thread.
 */
final class Dropped {

    private static final int MOST = 1000;

    private final MessageStore store;
    private final DelayTable table;
    private final Set<Long> offsets = new LinkedHashSet<>();
    private int kind;
    private int queueId;

    Dropped(MessageStore store, DelayTable table) {
        this.store = store;
        this.table = table;
    }

    /** Whether the message was added and is not written yet. */
    boolean contains(Place place) {
        return place.kind() == kind && place.queueId() == queueId && offsets.contains(place.offset());
    }

    /** False when there is no room because the store refuses what was added before. */
    boolean add(Place place) {
        boolean other = place.kind() != kind || place.queueId() != queueId || offsets.size() == MOST;
        if (other && !flush()) {
            return false;
        }
        kind = place.kind();
        queueId = place.queueId();
        offsets.add(place.offset());
        return true;
    }

    /** Writes what was added; false when the store refuses it. */
    boolean flush() {
        if (offsets.isEmpty()) {
            return true;
        }
        if (store.appendState(table.name(), DelayChanges.settle(kind, queueId, offsets)) instanceof Refused) {
            return false;
        }
        offsets.clear();
        return true;
    }
}
