package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StoreMemoryTest {

    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({"96, 6", "128, 8", "256, 8", "512, 16", "1024, 32", "4096, 32"})
    void memtablesGrowWithTheHeapWithinBounds(long heapMib, long memtableMib) {
        assertThat(StoreMemory.forHeap(heapMib * MIB).indexMemtableBytes()).isEqualTo(memtableMib * MIB);
    }

    @ParameterizedTest
    @CsvSource({"16, 4", "256, 32", "1024, 64"})
    void theTailWindowGrowsWithTheHeapWithinBounds(long heapMib, long tailMib) {
        StoreMemory memory = StoreMemory.forHeap(heapMib * MIB);

        assertThat(memory.tailChunkBytes() * (long) memory.tailChunks()).isEqualTo(tailMib * MIB);
    }
}
