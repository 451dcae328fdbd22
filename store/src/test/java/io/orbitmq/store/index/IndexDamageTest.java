package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.file.SystemDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IndexDamageTest {

    private static final int ENTRIES = 3000;
    private static final long LOG_END = ENTRIES * 10L;

    private final SystemDisk disk = new SystemDisk();

    @TempDir
    private Path directory;

    @BeforeEach
    void writeAnIndex() throws IOException {
        QueueIndex index = open();
        dispatch(index);
        index.seal(LOG_END);
        index.writeSealed();
        assertThat(index.indexedEnd()).isEqualTo(LOG_END);
        index.close();
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        try (QueueIndex index = open()) {
            assertThat(index.indexedEnd()).isEqualTo(LOG_END);
            assertThat(count(index)).isEqualTo(ENTRIES);
        }
    }

    @Test
    void noticesAFlippedBitWhenItReadsAndRebuildsAtTheNextOpening() throws IOException {
        flip(only(".run"), 3 * 4096 + 77);
        try (QueueIndex index = open()) {
            assertThatThrownBy(() -> count(index))
                    .isInstanceOf(DamagedIndexException.class)
                    .hasMessageContaining("page 3")
                    .hasMessageContaining("rebuilt");
            assertThat(index.damage()).contains("page 3");
            assertThat(index.merge()).isFalse();
        }

        try (QueueIndex index = open()) {
            assertThat(index.indexedEnd()).isZero();
            assertThat(index.damage()).contains("while it was in use");
            dispatch(index);
            assertThat(count(index)).isEqualTo(ENTRIES);
        }
        try (QueueIndex index = open()) {
            assertThat(index.damage()).isEmpty();
        }
    }

    @Test
    void noticesDamageAlsoInAnIndexThatWasRebuilt() throws IOException {
        disk.delete(only(".run"));
        try (QueueIndex index = open()) {
            assertThat(index.damage()).contains(".run");
            dispatch(index);
            index.seal(LOG_END);
            index.writeSealed();
            index.markDamaged(new DamagedIndexException("page 3 is not what was written"));
            assertThat(index.damage()).contains("page 3");
        }

        try (QueueIndex index = open()) {
            assertThat(index.damage()).contains("while it was in use");
            assertThat(index.indexedEnd()).isZero();
        }
    }

    @Test
    void mergesTheRunsOfAnIndexThatWasRebuilt() throws IOException {
        disk.delete(only(".run"));
        try (QueueIndex index = open()) {
            for (int i = 0; i < ENTRIES; i++) {
                index.add(index.queue("T", i % 3), i / 3, i * 10L, 10, i);
                if (i % 100 == 99) {
                    index.seal(i * 10L + 10);
                    index.writeSealed();
                }
            }
            index.forEach(queue -> index.publish(queue, queue.nextOffset()));
            int runs = index.runCount();

            assertThat(index.merge()).isTrue();

            assertThat(index.runCount()).isLessThan(runs);
            assertThat(count(index)).isEqualTo(ENTRIES);
        }
    }

    @Test
    void rebuildsWhenAFooterIsDamaged() throws IOException {
        Path run = only(".run");
        try (DiskFile file = disk.open(run)) {
            file.setSize(file.size() - 4096);
        }
        assertRebuilt("no footer");
    }

    @Test
    void rebuildsWhenARunFileIsMissing() throws IOException {
        disk.delete(only(".run"));
        assertRebuilt(".run");
    }

    @Test
    void rebuildsWhenARunFileIsNotOfWholePages() throws IOException {
        try (DiskFile file = disk.open(only(".run"))) {
            file.setSize(file.size() - 1);
        }
        assertRebuilt("whole pages");
    }

    @Test
    void dispatchesAgainWhatATornJournalDoesNotKnow() throws IOException {
        Path journal = only(".journal");
        try (DiskFile file = disk.open(journal)) {
            file.setSize(file.size() - 1);
        }
        try (QueueIndex index = open()) {
            assertThat(index.indexedEnd()).isZero();
            assertThat(index.runCount()).isZero();
            dispatch(index);
            assertThat(count(index)).isEqualTo(ENTRIES);
        }
    }

    @Test
    void removesFilesThatTheJournalDoesNotKnow() throws IOException {
        disk.open(directory.resolve("0000000000000099.run")).close();
        disk.open(directory.resolve("0000000000000098.run.tmp")).close();
        try (QueueIndex index = open()) {
            assertThat(count(index)).isEqualTo(ENTRIES);
        }
        assertThat(disk.list(directory)).hasSize(2);
    }

    private void assertRebuilt(String cause) throws IOException {
        try (QueueIndex index = open()) {
            assertThat(index.damage()).contains(cause);
            assertThat(index.indexedEnd()).isZero();
            dispatch(index);
            assertThat(count(index)).isEqualTo(ENTRIES);
        }
    }

    private QueueIndex open() throws IOException {
        return QueueIndex.open(disk, directory, 0, LOG_END, 1 << 20);
    }

    private static void dispatch(QueueIndex index) {
        for (int i = 0; i < ENTRIES; i++) {
            IndexedQueue queue = index.queue("T", i % 3);
            index.add(queue, i / 3, i * 10L, 10, i);
        }
        index.forEach(queue -> index.publish(queue, queue.nextOffset()));
    }

    private static int count(QueueIndex index) throws IOException {
        int count = 0;
        for (int queueId = 0; queueId < 3; queueId++) {
            try (EntryCursor cursor = index.entries(index.queue("T", queueId), 0)) {
                while (cursor.next()) {
                    assertThat(cursor.tagsCode()).isEqualTo(cursor.offset() * 3 + queueId);
                    count++;
                }
            }
        }
        return count;
    }

    private Path only(String suffix) throws IOException {
        List<Path> found = disk.list(directory).stream()
                .filter(path -> path.toString().endsWith(suffix))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private void flip(Path path, long position) throws IOException {
        try (DiskFile file = disk.open(path)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(position, one);
            one.put(0, (byte) (one.get(0) ^ 4)).rewind();
            file.write(position, one);
        }
    }
}
