package io.orbitmq.store.index;

import java.io.IOException;

/** A frozen memtable as the source of a run; queues forgotten meanwhile are left out. */
final class MemtableSource implements QueueRunSource {

    private static final int TOUCHED_AT_ONCE = 16;

    private final QueueMemtable table;
    private final NumberBitmap numbers;
    private final ChunkList chunks = new ChunkList();
    private EntryForm form = EntryForm.COMPACT;
    private long count;
    private int touchedEnd;
    /** Only kept, see {@link QueueMemtable#touch}. */
    private int touched;

    MemtableSource(QueueMemtable table, QueueRegistry registry) {
        this.table = table;
        BitmapBuilder builder = new BitmapBuilder();
        for (int number = table.nextNumber(0); number >= 0; number = table.nextNumber(number + 1)) {
            if (registry.byNumber(number) != null) {
                builder.add(number);
            }
        }
        this.numbers = builder.build();
    }

    @Override
    public NumberBitmap numbers() {
        return numbers;
    }

    @Override
    public void describe(int number) {
        if (number >= touchedEnd) {
            touched += table.touch(number, TOUCHED_AT_ONCE);
            touchedEnd = number + TOUCHED_AT_ONCE;
        }
        chunks.take(table, number);
        form = EntryForm.COMPACT;
        count = 0;
        for (int i = 0; i < chunks.size(); i++) {
            form = table.isCompact(chunks.chunk(i)) ? form : EntryForm.NARROW;
            count += table.used(chunks.chunk(i));
        }
        if (endOffset(number) - firstOffset() != count) {
            form = EntryForm.WIDE;
        }
    }

    @Override
    public long firstOffset() {
        return table.baseOffset(chunks.chunk(0));
    }

    /** One past the last offset of a queue of {@link #numbers}. */
    long endOffset(int number) {
        return table.endOffset(number);
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
        for (int i = 0; i < chunks.size(); i++) {
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
}
