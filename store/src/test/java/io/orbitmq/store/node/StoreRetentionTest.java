package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retention on a whole store with simulated disk and time. */
final class StoreRetentionTest {

    private static final int SEGMENT_BYTES = 1 << 14;
    private static final Path LOG = SimulatedStore.ROOT.resolve("commitlog");

    private final SimulatedDisk disk = new SimulatedDisk(11);
    private final SimulatedStore store = new SimulatedStore(disk, FlushMode.SYNC_FLUSH, SEGMENT_BYTES);

    @BeforeEach
    void openStore() throws IOException {
        store.open();
    }

    @Test
    void removesExpiredSegmentsAndMovesMinOffsets() throws IOException {
        append("old", 100);
        append("once", 1);
        append("old", 100);
        store.clock.advance(Duration.ofHours(73));
        append("young", 20);
        store.advance(Duration.ofSeconds(11));
        int before = disk.list(LOG).size();
        long used = disk.usedBytes();

        int removed = store.store().deleteExpiredSegments();

        assertThat(removed).isPositive();
        assertThat(disk.list(LOG)).hasSize(before - removed);
        assertThat(disk.usedBytes()).isLessThan(used - (removed - 1) * SEGMENT_BYTES);
        IndexedQueue old = store.queue("old", 0);
        assertThat(old.minOffset()).isPositive();
        assertThat(store.records(old, old.minOffset())).hasSize((int) (old.maxOffset() - old.minOffset()));
        assertThat(store.bodies(store.queue("young", 0))).hasSize(20);
        assertThat(store.store().deleteExpiredSegments()).isZero();
    }

    @Test
    void aQueueWhoseMessagesAllExpiredGoesOnWhereItEnded() throws IOException {
        append("idle", 7);
        append("old", 300);
        store.clock.advance(Duration.ofHours(73));
        append("young", 200);
        store.advance(Duration.ofSeconds(11));
        assertThat(store.store().deleteExpiredSegments()).isPositive();
        assertThat(store.queue("idle", 0).minOffset()).isEqualTo(7);
        store.store().close();
        for (Path file : disk.list(SimulatedStore.ROOT.resolve("orbitmq/queues"))) {
            disk.delete(file);
        }

        store.open();

        IndexedQueue idle = store.queue("idle", 0);
        assertThat(idle.minOffset()).isEqualTo(7);
        assertThat(idle.maxOffset()).isEqualTo(7);
        append("idle", 1);
        assertThat(idle.maxOffset()).isEqualTo(8);
        assertThat(store.bodies(idle)).hasSize(1);
    }

    @Test
    void keepsWhatIsNotExpired() throws IOException {
        append("young", 300);
        store.clock.advance(Duration.ofHours(71));
        store.advance(Duration.ofSeconds(11));

        assertThat(store.store().deleteExpiredSegments()).isZero();
        assertThat(store.queue("young", 0).minOffset()).isZero();
    }

    @Test
    void keepsWhatNoCheckpointHasSeenYet() throws IOException {
        append("old", 300);
        int before = disk.list(LOG).size();
        long needed = store.parts().trimmer.removableBefore();

        int removed = store.parts().trimmer.removeBefore(Long.MAX_VALUE, 1000);

        assertThat(needed).isLessThan(store.parts().tail.endPosition());
        assertThat(store.parts().log.minPosition()).isLessThanOrEqualTo(needed);
        assertThat(disk.list(LOG)).hasSize(before - removed);
        disk.killProcess();
        store.open();
        IndexedQueue old = store.queue("old", 0);
        assertThat(old.maxOffset()).isEqualTo(300);
        assertThat(store.records(old, old.minOffset())).hasSize((int) (300 - old.minOffset()));
    }

    @Test
    void aReadGoesOnWhenWhatItReadsIsRemovedMeanwhile() throws IOException {
        append("old", 300);
        store.advance(Duration.ofSeconds(11));
        store.store().close();
        store.open();
        store.advance(Duration.ofSeconds(11));
        IndexedQueue old = store.queue("old", 0);
        List<Integer> removed = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        ReadRequest all = new ReadRequest(0, 1000, 1 << 20, 1000, ReadRequest.RecordFilter.ALL, false);

        ReadOutcome outcome = store.parts().reader.read(old, all, record -> {
            bodies.add(Drafts.body(record));
            if (removed.isEmpty()) {
                removed.add(remove());
            }
        });

        assertThat(removed.get(0)).isPositive();
        assertThat(outcome.status()).isEqualTo(ReadOutcome.Status.FOUND);
        assertThat(bodies).first().isEqualTo("x".repeat(150) + 0);
        assertThat(bodies).allMatch(body -> body.startsWith("x".repeat(150)));
        ReadRequest next =
                new ReadRequest(outcome.nextOffset(), 1000, 1 << 20, 1000, ReadRequest.RecordFilter.ALL, false);
        assertThat(store.parts().reader.read(old, next, record -> {}).status())
                .isNotEqualTo(ReadOutcome.Status.NO_MESSAGE_IN_QUEUE);
    }

    private int remove() {
        try {
            return store.parts().trimmer.removeBefore(Long.MAX_VALUE, 1000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesAppendsOnAFullDiskWithASentenceAndTakesThemAgain() throws IOException {
        append("t", 10);
        disk.setCapacity(disk.usedBytes() * 100 / 95);
        store.advance(Duration.ofSeconds(11));

        AppendOutcome outcome = store.parts().appender.append(store.queue("t", 0), Drafts.text("one more"));

        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(((Refused) outcome).text()).contains("commitlog").contains("above 90 %");

        disk.setCapacity(disk.usedBytes() * 2);
        store.advance(Duration.ofSeconds(11));
        assertThat(store.parts().appender.append(store.queue("t", 0), Drafts.text("one more")))
                .isInstanceOf(Appended.class);
    }

    @Test
    void freesADiskThatIsFullToTheLastByte() throws IOException {
        append("t", 300);
        store.advance(Duration.ofSeconds(11));
        int before = disk.list(LOG).size();

        disk.setCapacity(disk.usedBytes());
        store.advance(Duration.ofSeconds(11));

        assertThat(disk.list(LOG)).hasSizeLessThan(before);
        IndexedQueue queue = store.queue("t", 0);
        assertThat(queue.minOffset()).isPositive();
        assertThat(store.records(queue, queue.minOffset())).hasSize((int) (300 - queue.minOffset()));
        disk.killProcess();
        store.open();
        assertThat(store.queue("t", 0).minOffset()).isEqualTo(queue.minOffset());
    }

    @Test
    void opensOnADiskThatIsFullToTheLastByte() throws IOException {
        append("t", 300);
        store.advance(Duration.ofSeconds(11));
        disk.killProcess();
        disk.setCapacity(disk.usedBytes());

        store.open();

        assertThat(store.records(store.queue("t", 0), 0)).hasSize(300);
    }

    @Test
    void takesItsBallastAgainOnceTheDiskHasRoom() throws IOException {
        Path ballast = SimulatedStore.ROOT.resolve("orbitmq/ballast");
        append("t", 300);
        store.advance(Duration.ofSeconds(11));
        assertThat(disk.exists(ballast)).isTrue();
        disk.setCapacity(disk.usedBytes());
        store.advance(Duration.ofSeconds(11));
        assertThat(disk.exists(ballast)).isFalse();

        disk.setCapacity(Long.MAX_VALUE);
        store.advance(Duration.ofSeconds(11));

        assertThat(disk.exists(ballast)).isTrue();
    }

    private void append(String topic, int count) {
        for (int i = 0; i < count; i++) {
            AppendOutcome outcome =
                    store.parts().appender.append(store.queue(topic, 0), Drafts.text("x".repeat(150) + i));
            assertThat(outcome).isInstanceOf(Appended.class);
            store.flush();
            if (i % 20 == 0) {
                store.advance(Duration.ofMillis(1));
            }
        }
    }
}
