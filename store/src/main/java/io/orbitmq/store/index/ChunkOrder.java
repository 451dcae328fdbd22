package io.orbitmq.store.index;

/**
 * All chunks of a frozen memtable in the order of their queues' numbers, those of each queue oldest first. Keeps its memory
 * for the next memtable, as it takes half as much as the entries where each queue has one. One thread.
 */
final class ChunkOrder {

    private final RadixSort sort = new RadixSort(Integer.SIZE);
    /** The number of a chunk's queue in the upper half, the chunk's address in the lower. */
    private long[] chunks = new long[0];

    private int size;

    void take(QueueMemtable table) {
        size = table.chunkCount();
        if (chunks.length < size) {
            chunks = new long[size];
        }
        int greatest = table.listChunks(chunks);
        sort.sort(chunks, size, Integer.SIZE - Integer.numberOfLeadingZeros(greatest));
    }

    int size() {
        return size;
    }

    /** The number of the queue. */
    int number(int index) {
        return (int) (chunks[index] >>> Integer.SIZE);
    }

    /** Its address in the memtable. */
    int chunk(int index) {
        return (int) chunks[index];
    }
}
