package io.orbitmq.store.index;

import java.io.IOException;

/** A frozen memtable as the source of a run; queues forgotten meanwhile are left out. */
final class MemtableSource implements QueueRunSource {

    private final QueueMemtable table;
    private final NumberBitmap numbers;
    private int header;
    private EntryForm form = EntryForm.COMPACT;

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
        header = table.headerOf(number);
        form = EntryForm.COMPACT;
        for (int chunk = table.headChunk(header); chunk != 0; chunk = table.nextChunk(chunk)) {
            form = table.isCompact(chunk) ? form : EntryForm.NARROW;
        }
        if (endOffset() - firstOffset() != count()) {
            form = EntryForm.WIDE;
        }
    }

    @Override
    public long firstOffset() {
        return table.firstOffset(header);
    }

    /** One past the last offset. */
    long endOffset() {
        return table.endOffset(header);
    }

    @Override
    public long count() {
        return table.count(header);
    }

    @Override
    public EntryForm form() {
        return form;
    }

    @Override
    public void writeGroup(PageWriter target) throws IOException {
        for (int chunk = table.headChunk(header); chunk != 0; chunk = table.nextChunk(chunk)) {
            int used = table.used(chunk);
            for (int i = 0; i < used; i++) {
                if (form == EntryForm.COMPACT) {
                    target.putCompact(table.place(chunk, i), (int) table.tagsCode(chunk, i));
                } else {
                    if (form == EntryForm.WIDE) {
                        target.putLong(table.baseOffset(chunk) + i);
                    }
                    target.putEntry(table.position(chunk, i), table.tagsCode(chunk, i), table.sizeBytes(chunk, i));
                }
            }
        }
    }
}
