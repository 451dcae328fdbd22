package io.orbitmq.store.index;

import java.io.IOException;

/** A frozen memtable as the source of a run; queues forgotten meanwhile are left out. */
final class MemtableSource implements QueueRunSource {

    private final QueueMemtable table;
    private final NumberBitmap numbers;
    private int header;

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
    }

    @Override
    public long firstOffset() {
        return table.firstOffset(header);
    }

    @Override
    public long endOffset() {
        return table.endOffset(header);
    }

    @Override
    public long count() {
        return table.count(header);
    }

    @Override
    public void writeGroup(PageWriter target, boolean wide) throws IOException {
        for (int chunk = table.headChunk(header); chunk != 0; chunk = table.nextChunk(chunk)) {
            int used = table.used(chunk);
            for (int i = 0; i < used; i++) {
                int entry = table.entryAddress(chunk, i);
                if (wide) {
                    target.putLong(table.baseOffset(chunk) + i);
                }
                target.putEntry(table.position(entry), table.tagsCode(entry), table.sizeBytes(entry));
            }
        }
    }
}
