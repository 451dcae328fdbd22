package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of very many queues, each with one message. */
final class ManyQueuesTest {

    private static final int TOPICS = 100_000;
    private static final int QUEUES_OF_A_TOPIC = 4;
    /** Segments of the log, checkpoints, runs and journals of two indexes, lock, ballast. */
    private static final int FEW_FILES = 25;

    @TempDir
    private Path root;

    @Test
    void haveNoFilesOfTheirOwnAndAreAllThereAfterReopening() throws IOException {
        try (AnyDiskStore store = open()) {
            fill(store);
            assertThat(files()).hasSizeLessThan(FEW_FILES);
        }

        try (AnyDiskStore store = open()) {
            assertThat(files()).hasSizeLessThan(FEW_FILES).noneMatch(name -> name.contains("topic"));
            assertThat(store.store().status().queues()).isEqualTo(TOPICS * QUEUES_OF_A_TOPIC);
            for (int topic = 0; topic < TOPICS; topic += 997) {
                for (int queueId = 0; queueId < QUEUES_OF_A_TOPIC; queueId++) {
                    assertHasItsMessage(store, "topic-" + topic, queueId);
                }
            }
        }
    }

    private static void assertHasItsMessage(AnyDiskStore store, String topic, int queueId) {
        IndexedQueue queue = store.parts().queues.find(topic, queueId).orElseThrow();
        assertThat(queue.maxOffset()).isEqualTo(1);
        assertThat(store.bodies(queue)).containsExactly("body of " + queueId);
    }

    private AnyDiskStore open() throws IOException {
        return new AnyDiskStore(
                        new SystemDisk(),
                        RestlessConfig.of(root, FlushMode.ASYNC_FLUSH, 16 << 20, Duration.ofSeconds(2)),
                        StoreMemory.forHeap(256 << 20))
                .open();
    }

    private static void fill(AnyDiskStore store) {
        for (int topic = 0; topic < TOPICS; topic++) {
            String name = "topic-" + topic;
            for (int queueId = 0; queueId < QUEUES_OF_A_TOPIC; queueId++) {
                store.append(store.queue(name, queueId), Drafts.text("body of " + queueId));
            }
            if (topic % 1000 == 0) {
                store.flush();
                store.advance(Duration.ofMillis(10));
            }
        }
        store.flush();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
