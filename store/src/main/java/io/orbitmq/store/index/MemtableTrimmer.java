package io.orbitmq.store.index;

/** Moves the min offsets of queues whose oldest entries in a memtable lie before the log's beginning. */
final class MemtableTrimmer {

    private MemtableTrimmer() {}

    static void trim(QueueMemtable table, QueueRegistry registry, long minPosition) {
        if (table.startPosition() >= minPosition) {
            return;
        }
        table.forEachHeader(header -> {
            IndexedQueue queue = registry.byNumber(table.numberOf(header));
            if (queue != null) {
                long min = firstAtOrAfter(table, header, queue.maxOffset(), minPosition);
                if (min > queue.minOffset()) {
                    queue.setMinOffset(min);
                }
            }
        });
    }

    /** Offset of the first visible entry at or after a log position, else the visible end. */
    private static long firstAtOrAfter(QueueMemtable table, int header, long visibleEnd, long minPosition) {
        for (int chunk = table.headChunk(header); chunk != 0; chunk = table.nextChunk(chunk)) {
            long base = table.baseOffset(chunk);
            int visible = (int) Math.min(table.used(chunk), visibleEnd - base);
            if (visible <= 0) {
                break;
            }
            if (table.position(table.entryAddress(chunk, visible - 1)) >= minPosition) {
                int at = 0;
                while (table.position(table.entryAddress(chunk, at)) < minPosition) {
                    at++;
                }
                return base + at;
            }
        }
        return visibleEnd;
    }
}
