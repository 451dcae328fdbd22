package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a write that failed must not lose. */
final class QueueIndexFaultTest {

    private static final Path DIRECTORY = Path.of("/sim/queues");
    private static final int SIZE = 100;

    private final SimulatedDisk disk = new SimulatedDisk(1);

    @Test
    void registersQueuesAgainAfterTheDiskWasFull() throws IOException {
        QueueIndex index = QueueIndex.open(disk, DIRECTORY, 0, 0, 1 << 20);
        add(index, "Old", 0);
        index.seal(SIZE);
        index.writeSealed();
        add(index, "New", SIZE);
        index.seal(2 * SIZE);
        disk.setCapacity(disk.usedBytes());
        assertThatThrownBy(index::writeSealed).isInstanceOf(IOException.class);
        disk.setCapacity(Long.MAX_VALUE);

        index.writeSealed();
        index.close();
        QueueIndex reopened = QueueIndex.open(disk, DIRECTORY, 0, 2 * SIZE, 1 << 20);

        assertThat(reopened.damage()).isEmpty();
        assertThat(reopened.queue("Old", 0).nextOffset()).isEqualTo(1);
        assertThat(reopened.queue("New", 0).nextOffset()).isEqualTo(1);
        reopened.close();
    }

    @Test
    void keepsTheTrimmedBoundsAfterTheDiskWasFull() throws IOException {
        QueueIndex index = QueueIndex.open(disk, DIRECTORY, 0, 0, 1 << 20);
        add(index, "Emptied", 0);
        index.seal(SIZE);
        index.writeSealed();
        disk.setReadOnly(true);
        assertThatThrownBy(() -> index.trim(SIZE)).isInstanceOf(IOException.class);
        disk.setReadOnly(false);

        index.trim(SIZE);
        index.close();
        QueueIndex reopened = QueueIndex.open(disk, DIRECTORY, SIZE, SIZE, 1 << 20);

        assertThat(reopened.damage()).isEmpty();
        assertThat(reopened.queue("Emptied", 0).minOffset()).isEqualTo(1);
        assertThat(reopened.queue("Emptied", 0).nextOffset()).isEqualTo(1);
        reopened.close();
    }

    @Test
    void failsAReadThatTheStoresEndOvertakes() throws IOException {
        QueueIndex index = QueueIndex.open(disk, DIRECTORY, 0, 0, 1 << 20);
        add(index, "Read", 0);
        index.seal(SIZE);
        index.writeSealed();
        index.close();
        QueueIndex reopened = QueueIndex.open(disk, DIRECTORY, 0, SIZE, 1 << 20);
        try (EntryCursor entries = reopened.entries(reopened.queue("Read", 0), 0)) {
            reopened.close();

            assertThatThrownBy(entries::next)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the store was closed");
        }
    }

    private static void add(QueueIndex index, String topic, long position) {
        IndexedQueue queue = index.queue(topic, 0);
        index.add(queue, 0, position, SIZE, 0);
        index.publish(queue, 1);
    }
}
