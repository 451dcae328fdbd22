package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PageCacheTest {

    private static final Path DIRECTORY = Path.of("index");
    private static final int PAGES = 40;
    private static final int MESSAGES = 5_000;

    private final Disk disk = new SimulatedDisk(1);

    @BeforeEach
    void makeDirectory() throws IOException {
        disk.createDirectories(DIRECTORY);
    }

    @Test
    void whoReadsOnGetsTheNextPagesToo() throws IOException {
        PagedFile file = fileOfPages();
        PageCache cache = new PageCache(1 << 20);

        cache.get(file, 3, PAGES - 1);
        assertThat(cache.find(file, 4)).isNull();
        cache.get(file, 4, 9);

        for (int number = 3; number <= 9; number++) {
            assertThat(cache.find(file, number)).isNotNull();
            assertThat(cache.get(file, number, 9).getLong(0)).isEqualTo(number);
        }
        assertThat(cache.find(file, 10)).isNull();
    }

    @Test
    void holdsNoMoreThanItMay() throws IOException {
        PagedFile file = fileOfPages();
        PageCache cache = new PageCache(8 * PageWriter.PAGE_BYTES);

        int found = 0;
        for (int number = 0; number < PAGES; number++) {
            cache.get(file, number, PAGES - 1);
        }
        for (int number = 0; number < PAGES; number++) {
            found += cache.find(file, number) == null ? 0 : 1;
        }

        assertThat(found).isBetween(1, 8);
    }

    @Test
    void pagesOfAFileThatWasReplacedAreNotUsed() throws IOException {
        PagedFile file = fileOfPages();
        PageCache cache = new PageCache(1 << 20);
        cache.get(file, 3, 3);

        file.retire(true);

        assertThatThrownBy(() -> cache.find(file, 3)).isInstanceOf(RetiredRunException.class);
        assertThatThrownBy(() -> cache.get(file, 3, 3)).isInstanceOf(RetiredRunException.class);
    }

    @Test
    void aReaderThatMustNotWaitFindsWhatAnotherHasRead() throws IOException {
        try (QueueIndex index = writtenIndex()) {
            IndexedQueue queue = index.queue("T", 0);
            try (EntryCursor waitsForNothing = index.entriesInMemory(queue, 10)) {
                assertThat(waitsForNothing.next()).isFalse();
                assertThat(waitsForNothing.needsDisk()).isTrue();
            }
            assertThat(hasEntry(index, queue, 10)).isTrue();

            try (EntryCursor again = index.entriesInMemory(queue, 10)) {
                for (int offset = 10; offset < 100; offset++) {
                    assertThat(again.next()).isTrue();
                    assertThat(again.offset()).isEqualTo(offset);
                    assertThat(again.position()).isEqualTo(offset * 100L);
                    assertThat(again.tagsCode()).isEqualTo(offset);
                }
            }
        }
    }

    @Test
    void aReaderThatMustNotWaitStopsWhereThePagesEndAndGoesOnLater() throws IOException {
        try (QueueIndex index = writtenIndex()) {
            IndexedQueue queue = index.queue("T", 0);
            long wanted = 0;
            int waits = 0;
            while (wanted < MESSAGES) {
                try (EntryCursor inMemory = index.entriesInMemory(queue, wanted)) {
                    while (inMemory.next()) {
                        assertThat(inMemory.offset()).isEqualTo(wanted++);
                    }
                    if (inMemory.needsDisk()) {
                        waits++;
                        assertThat(hasEntry(index, queue, wanted)).isTrue();
                    }
                }
            }

            assertThat(waits).isBetween(1, 5);
        }
    }

    /** Reads from the disk if need be. */
    private static boolean hasEntry(QueueIndex index, IndexedQueue queue, long offset) throws IOException {
        try (EntryCursor mayWait = index.entries(queue, offset)) {
            return mayWait.next();
        }
    }

    /** An index whose entries are all in a run that was opened and not read yet. */
    private QueueIndex writtenIndex() throws IOException {
        try (QueueIndex index = QueueIndex.open(disk, DIRECTORY, 0, 0, 1 << 20)) {
            IndexedQueue queue = index.queue("T", 0);
            for (int offset = 0; offset < MESSAGES; offset++) {
                index.add(queue, offset, offset * 100L, 100, offset);
            }
            index.publish(queue, MESSAGES);
            index.seal(MESSAGES * 100L);
            index.writeSealed();
        }
        QueueIndex index = QueueIndex.open(disk, DIRECTORY, 0, MESSAGES * 100L, 1 << 20);
        index.publish(index.queue("T", 0), MESSAGES);
        return index;
    }

    /** Each page begins with its number. */
    private PagedFile fileOfPages() throws IOException {
        Path path = DIRECTORY.resolve("pages");
        ByteBuffer bytes = ByteBuffer.allocate(PAGES * PageWriter.PAGE_BYTES);
        for (int number = 0; number < PAGES; number++) {
            int start = number * PageWriter.PAGE_BYTES;
            bytes.putLong(start, number).putLong(start + PageWriter.PAYLOAD_BYTES, number);
            CRC32C crc = new CRC32C();
            crc.update(bytes.array(), start, PageWriter.CRC_AT);
            bytes.putInt(start + PageWriter.CRC_AT, (int) crc.getValue());
        }
        disk.open(path).write(0, bytes);
        return new PagedFile(disk, path);
    }
}
