package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed frees its space: on a real disk only once nobody has the file open any more. */
final class FreedSpaceTest {

    private static final int SEGMENT_BYTES = 1 << 14;
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void needsToSeeOpenFiles() throws IOException {
        assumeTrue(Files.isDirectory(OPEN_FILES), "open files are only seen under " + OPEN_FILES);
        root = directory.toRealPath();
    }

    @Test
    void noExpiredSegmentStaysOpen() throws IOException {
        StoreConfig config = RestlessConfig.of(root, FlushMode.SYNC_FLUSH, SEGMENT_BYTES, Duration.ofMillis(20));
        try (AnyDiskStore store = new AnyDiskStore(new SystemDisk(), config, AnyDiskStore.littleMemory()).open()) {
            IndexedQueue queue = fill(store);
            store.clock.advance(Duration.ofHours(73));
            beginSegments(store, queue, 2);
            store.advance(Duration.ofSeconds(11));
            int before = segmentsOpen().size();

            int removed = store.store().deleteExpiredSegments();

            assertThat(removed).isGreaterThan(5);
            assertThat(segmentsOpen()).hasSize(before - removed).noneMatch(name -> name.contains("deleted"));
        }
        assertThat(segmentsOpen()).isEmpty();
    }

    @Test
    void noSegmentStaysOpenThatWentForTheLogsLimit() throws IOException {
        StoreConfig config = RestlessConfig.of(root, FlushMode.SYNC_FLUSH, SEGMENT_BYTES, Duration.ofMillis(20))
                .withMaxLogBytes(4 * SEGMENT_BYTES);
        try (AnyDiskStore store = new AnyDiskStore(new SystemDisk(), config, AnyDiskStore.littleMemory()).open()) {
            IndexedQueue queue = fill(store);
            assertThat(segmentsOpen()).hasSizeGreaterThan(6);

            beginSegments(store, queue, 1);
            store.advance(Duration.ofSeconds(21));

            assertThat(segmentsOpen()).hasSize(4).noneMatch(name -> name.contains("deleted"));
        }
    }

    /** Several segments, all of them read once. */
    private static IndexedQueue fill(AnyDiskStore store) {
        IndexedQueue queue = store.queue("t", 0);
        for (int i = 0; i < 120; i++) {
            store.append(queue, Drafts.ofSize(1000));
            if (i % 20 == 19) {
                store.flush();
            }
        }
        store.advance(Duration.ofSeconds(1));
        assertThat(store.bodies(queue)).hasSize(120);
        return queue;
    }

    private static void beginSegments(AnyDiskStore store, IndexedQueue queue, int segments) {
        for (int i = 0; i < segments; i++) {
            store.append(queue, Drafts.ofSize(SEGMENT_BYTES - 1000));
        }
        store.flush();
    }

    /** What the process has open in the log's directory, as the kernel names it. */
    private List<String> segmentsOpen() throws IOException {
        String log = root.resolve("commitlog").toString();
        List<String> found = new ArrayList<>();
        try (Stream<Path> open = Files.list(OPEN_FILES)) {
            for (Path each : open.toList()) {
                String name = target(each);
                if (name.startsWith(log)) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    private static String target(Path link) throws IOException {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        }
    }
}
