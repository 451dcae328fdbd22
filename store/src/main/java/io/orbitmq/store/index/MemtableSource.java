package io.orbitmq.store.index;

import java.io.IOException;

/** A frozen memtable as the source of a run; queues forgotten meanwhile are left out. */
final class MemtableSource implements QueueRunSource {

    private static final int TOUCHED_AT_ONCE = 32;

    private final QueueMemtable table;
    private final QueueRegistry registry;
    private final EndSink ends;
    private final ChunkOrder chunks;
    private final NumberBitmap numbers;
    private int from;
    private int to;
    private EntryForm form = EntryForm.COMPACT;
    private long count;
    private int touchedEnd;
    /** Only kept, see {@link #touch}. */
    private long touched;

    /**
     * @param chunks for the order of the memtable's chunks; not to be used otherwise meanwhile
     * @param ends hears of each queue that {@link #describe} turns to
     */
    MemtableSource(QueueMemtable table, ChunkOrder chunks, QueueRegistry registry, EndSink ends) {
        this.table = table;
        this.registry = registry;
        this.ends = ends;
        this.chunks = chunks;
        chunks.take(table);
        BitmapBuilder builder = new BitmapBuilder();
        int last = -1;
        for (int i = 0; i < chunks.size(); i++) {
            int number = chunks.number(i);
            if (number != last && registry.byNumber(number) != null) {
                builder.add(number);
            }
            last = number;
        }
        this.numbers = builder.build();
    }

    /** Hears where the entries of a queue end: one past the last offset. */
    interface EndSink {

        void end(int number, long endOffset);
    }

    @Override
    public NumberBitmap numbers() {
        return numbers;
    }

    @Override
    public void describe(int number) {
        from = to;
        while (chunks.number(from) != number) {
            from++;
        }
        touch(from);
        form = EntryForm.COMPACT;
        count = 0;
        for (to = from; to < chunks.size() && chunks.number(to) == number; to++) {
            form = table.isCompact(chunks.chunk(to)) ? form : EntryForm.NARROW;
            count += table.used(chunks.chunk(to));
        }
        long end = table.baseOffset(chunks.chunk(to - 1)) + table.used(chunks.chunk(to - 1));
        if (end - firstOffset() != count) {
            form = EntryForm.WIDE;
        }
        ends.end(number, end);
    }

    @Override
    public long firstOffset() {
        return table.baseOffset(chunks.chunk(from));
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public EntryForm form() {
        return form;
    }

    @Override
    public void writeGroup(PageWriter target) throws IOException {
        for (int i = from; i < to; i++) {
            int chunk = chunks.chunk(i);
            int used = table.used(chunk);
            for (int at = 0; at < used; at++) {
                writeEntry(target, chunk, at);
            }
        }
    }

    private void writeEntry(PageWriter target, int chunk, int at) throws IOException {
        if (form == EntryForm.COMPACT) {
            target.putCompact(table.place(chunk, at), (int) table.tagsCode(chunk, at));
            return;
        }
        if (form == EntryForm.WIDE) {
            target.putLong(table.baseOffset(chunk) + at);
        }
        target.putEntry(table.position(chunk, at), table.tagsCode(chunk, at), table.sizeBytes(chunk, at));
    }

    /**
     * Brings the next chunks and their queues to the processor's cache: the waits for memory overlap here, as they do not
     * where one is written after the other. What was seen is kept, or the compiler leaves the looking out.
     */
    private void touch(int next) {
        if (next < touchedEnd) {
            return;
        }
        touchedEnd = Math.min(chunks.size(), next + TOUCHED_AT_ONCE);
        for (int i = next; i < touchedEnd; i++) {
            IndexedQueue queue = registry.byNumber(chunks.number(i));
            touched += table.baseOffset(chunks.chunk(i)) + (queue == null ? 0 : queue.minOffset());
        }
    }
}
