package io.orbitmq.store.index;

import java.util.Arrays;

/** The chunks of one queue in a memtable, as of one walk over them. Reused by one thread. */
final class ChunkList {

    private int[] newestFirst = new int[16];
    private int size;

    /** Takes the queue's chunks up to its newest one there. */
    void take(QueueMemtable table, int newestChunk) {
        size = 0;
        for (int chunk = newestChunk; chunk != 0; chunk = table.previousChunk(chunk)) {
            if (size == newestFirst.length) {
                newestFirst = Arrays.copyOf(newestFirst, 2 * size);
            }
            newestFirst[size++] = chunk;
        }
    }

    int size() {
        return size;
    }

    /** 0 is the oldest. */
    int chunk(int index) {
        return newestFirst[size - 1 - index];
    }
}
