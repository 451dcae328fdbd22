package io.orbitmq.store.index;

import java.io.IOException;

/** A frozen memtable as the source of a run; queues forgotten meanwhile are left out. */
final class MemtableSource implements QueueRunSource {

    private final QueueMemtable table;
    private final int[] headersByNumber;
    private final NumberBitmap numbers;
    private int next;
    private int header;

    MemtableSource(QueueMemtable table, QueueRegistry registry) {
        this.table = table;
        this.headersByNumber = table.headersByNumber();
        BitmapBuilder builder = new BitmapBuilder();
        for (int address : headersByNumber) {
            int number = table.numberOf(address);
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

    /** Quick when numbers ascend, as they do within a pass. */
    @Override
    public void describe(int number) {
        if (next == headersByNumber.length || table.numberOf(headersByNumber[next]) > number) {
            next = 0;
        }
        while (table.numberOf(headersByNumber[next]) != number) {
            next++;
        }
        header = headersByNumber[next++];
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
                target.putLong(table.position(entry));
                target.putLong(table.tagsCode(entry));
                target.putInt(table.sizeBytes(entry));
            }
        }
    }
}
