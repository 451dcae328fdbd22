package io.orbitmq.broker.offset;

import java.util.Arrays;
import java.util.Map;

/**
 * The offsets of one group in one topic: queue ids in ascending order, each with the offset the log knows and the newer
 * one it does not know yet. Queue ids may be anything a client says (protocol/07 section 7), so they are kept sparsely.
 * Guarded by its own monitor.
 */
final class OffsetRow {

    /** No newer offset than the logged one; no client can mean it. */
    static final long NONE = Long.MIN_VALUE;

    private final GroupTopic key;
    private int[] queueIds = new int[0];
    private long[] logged = new long[0];
    private long[] pending = new long[0];
    private boolean dirty;

    OffsetRow(GroupTopic key) {
        this.key = key;
    }

    GroupTopic key() {
        return key;
    }

    synchronized long offset(int queueId) {
        int at = Arrays.binarySearch(queueIds, queueId);
        return at < 0 ? NONE : current(at);
    }

    /** What recovery and the primary do: the log now says {@code offset}. */
    synchronized void apply(int queueId, long offset) {
        int at = slot(queueId);
        logged[at] = offset;
        if (pending[at] == offset) {
            pending[at] = NONE;
        }
    }

    /** The log now says {@code offset}, and whatever was told in passing before is over. */
    synchronized void move(int queueId, long offset) {
        int at = slot(queueId);
        logged[at] = offset;
        pending[at] = NONE;
    }

    /** Remembers a newer offset; true when the row has just become dirty. */
    synchronized boolean commit(int queueId, long offset) {
        int at = slot(queueId);
        if (current(at) == offset) {
            return false;
        }
        pending[at] = offset;
        boolean becameDirty = !dirty;
        dirty = true;
        return becameDirty;
    }

    /** True when the row has just become dirty. */
    synchronized boolean markDirty() {
        boolean becameDirty = !dirty;
        dirty = true;
        return becameDirty;
    }

    /** Whether the queue is known or there are fewer than {@code mostQueues}. */
    synchronized boolean hasRoomFor(int queueId, int mostQueues) {
        return queueIds.length < mostQueues || Arrays.binarySearch(queueIds, queueId) >= 0;
    }

    /** Hands out what the log does not know and counts the row as clean; appending it must follow. */
    synchronized void takePending(QueueVisitor visitor) {
        dirty = false;
        for (int i = 0; i < queueIds.length; i++) {
            if (pending[i] != NONE) {
                visitor.visit(queueIds[i], pending[i]);
            }
        }
    }

    synchronized void visitLogged(QueueVisitor visitor) {
        for (int i = 0; i < queueIds.length; i++) {
            if (logged[i] != NONE) {
                visitor.visit(queueIds[i], logged[i]);
            }
        }
    }

    synchronized void collectCurrent(Map<Integer, Long> target) {
        for (int i = 0; i < queueIds.length; i++) {
            if (current(i) != NONE) {
                target.put(queueIds[i], current(i));
            }
        }
    }

    private long current(int at) {
        return pending[at] == NONE ? logged[at] : pending[at];
    }

    private int slot(int queueId) {
        int at = Arrays.binarySearch(queueIds, queueId);
        if (at >= 0) {
            return at;
        }
        int place = -at - 1;
        int size = queueIds.length;
        int[] ids = Arrays.copyOf(queueIds, size + 1);
        System.arraycopy(queueIds, place, ids, place + 1, size - place);
        ids[place] = queueId;
        queueIds = ids;
        logged = insertNone(logged, place);
        pending = insertNone(pending, place);
        return place;
    }

    private static long[] insertNone(long[] source, int place) {
        long[] longer = Arrays.copyOf(source, source.length + 1);
        System.arraycopy(source, place, longer, place + 1, source.length - place);
        longer[place] = NONE;
        return longer;
    }

    /** Sees the queues of a row in ascending order; must not touch the row. */
    interface QueueVisitor {

        void visit(int queueId, long offset);
    }
}
