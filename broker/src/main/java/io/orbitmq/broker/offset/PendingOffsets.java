package io.orbitmq.broker.offset;

import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows with offsets that the log does not know yet. {@link #commit} may be called from any thread; {@link
 * #appendChunk} by one at a time.
 */
final class PendingOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(PendingOffsets.class);

    /** One record carries about this much. */
    private static final int CHUNK_BYTES = 32 * 1024;

    private final OffsetTable table;
    private final StateLog log;
    private final Queue<OffsetRow> dirty = new ConcurrentLinkedQueue<>();
    private boolean refused;

    PendingOffsets(OffsetTable table, StateLog log) {
        this.table = table;
        this.log = log;
    }

    void commit(OffsetRow row, int queueId, long offset) {
        if (row.commit(queueId, offset)) {
            dirty.add(row);
        }
    }

    /** Appends one record; true when another call is due at once. */
    boolean appendChunk() {
        StateWriter change = new StateWriter().putByte(OffsetTable.SET);
        List<OffsetRow> taken = new ArrayList<>();
        boolean any = false;
        while (change.size() < CHUNK_BYTES) {
            OffsetRow row = dirty.poll();
            if (row == null) {
                break;
            }
            if (isCurrent(row)) {
                taken.add(row);
                any |= OffsetTable.putRow(change, row.key(), row::takePending);
            }
        }
        if (!any) {
            return false;
        }
        boolean stored = !log.append(table, change.toBuffer()).isCompletedExceptionally();
        if (!stored) {
            taken.stream().filter(OffsetRow::markDirty).forEach(dirty::add);
        }
        tell(stored, taken.size());
        return stored && !dirty.isEmpty();
    }

    /** False for a row whose group or topic was removed meanwhile. */
    private boolean isCurrent(OffsetRow row) {
        return table.find(row.key().group(), row.key().topic())
                .filter(found -> found == row)
                .isPresent();
    }

    private void tell(boolean stored, int rows) {
        if (stored == refused) {
            refused = !stored;
            if (refused) {
                LOG.warn("event=consumer-offsets-not-stored rows={} action=kept-in-memory-and-repeated", rows);
            } else {
                LOG.info("event=consumer-offsets-stored-again rows={}", rows);
            }
        }
    }
}
