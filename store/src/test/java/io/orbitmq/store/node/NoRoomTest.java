package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.MessageStore.DurabilityListener;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that cannot make room ahead of its log. */
final class NoRoomTest {

    private static final int SEGMENT_BYTES = 4 << 20;
    /** Room is made by so much. */
    private static final int PIECE_BYTES = 1 << 16;

    private static final long PATIENCE_SECONDS = 10;

    private final SimulatedDisk disk = new SimulatedDisk(5);
    private final SimulatedStore store = new SimulatedStore(disk, FlushMode.SYNC_FLUSH, SEGMENT_BYTES);
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void openStore() throws IOException {
        store.open();
    }

    @Test
    void aFullDiskRefusesWithPathUsageAndFreeBytesAndAppendsGoOnByThemselves() {
        append("first", told::add);
        store.flush();
        disk.setCapacity(disk.usedBytes() + 1024);
        double percent = 100.0 * disk.usedBytes() / (disk.usedBytes() + 1024);

        Refused refused = refused(append(PIECE_BYTES));

        assertThat(refused.reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(refused.text())
                .contains("/sim/store/commitlog", "at position " + PIECE_BYTES)
                .contains(String.format(Locale.ROOT, "%.1f %% full", percent))
                .contains("1024 of " + (disk.usedBytes() + 1024) + " bytes are free");
        store.advance(Duration.ZERO);
        assertThat(store.parts().fence.isClosed()).isFalse();
        disk.setCapacity(Long.MAX_VALUE);
        append("second", told::add);
        assertThat(append(PIECE_BYTES)).isInstanceOf(Appended.class);
        store.flush();
        assertThat(told).containsExactly("durable", "durable");
    }

    @Test
    void aReadOnlyFileSystemFencesTheStore() {
        append("waiting", told::add);
        disk.setReadOnly(true);

        Refused refused = refused(append(PIECE_BYTES));

        assertThat(refused.reason()).isEqualTo(Reason.FENCED);
        assertThat(refused.text())
                .startsWith("Writing the log in /sim/store/commitlog failed (making room at position " + PIECE_BYTES
                        + ": Read-only file system).")
                .contains("restart the broker");
        assertThat(told).containsExactly("lost: " + refused.text());
        assertNothingIsTriedAgain(refused);
    }

    @Test
    void oneFailedWriteInTheBackgroundFencesTheStore() {
        append("waiting", told::add);
        disk.failNextWrites(1);

        store.advance(Duration.ZERO);

        assertThat(store.parts().fence.reason())
                .startsWith("Writing the log in /sim/store/commitlog failed (making room at position " + PIECE_BYTES
                        + ": Input/output error).");
        assertThat(told).containsExactly("lost: " + store.parts().fence.reason());
        assertNothingIsTriedAgain(new Refused(Reason.FENCED, store.parts().fence.reason()));
    }

    @Test
    void aFullDiskInTheBackgroundFencesNothing() {
        append("waiting", told::add);
        disk.setCapacity(disk.usedBytes());

        store.advance(Duration.ZERO);

        assertThat(store.parts().fence.isClosed()).isFalse();
        store.flush();
        assertThat(told).containsExactly("durable");
    }

    @Test
    void whoWaitsIsToldOfTheFenceWhenOthersCanAppendAgain() {
        append("waiting", lost -> told.add(refusalOnAnotherThread()));
        disk.setReadOnly(true);

        append(PIECE_BYTES);

        assertThat(told).containsExactly("refused: " + store.parts().fence.reason());
    }

    @Test
    void roomThatWasAskedForBeforeTheStoreClosedIsNotMade() throws IOException {
        append("last", told::add);
        store.store().close();
        long steps = disk.steps();

        store.advance(Duration.ZERO);

        assertThat(disk.steps()).isEqualTo(steps);
        assertThat(store.parts().fence.isClosed()).isFalse();
    }

    private void assertNothingIsTriedAgain(Refused refusal) {
        disk.setReadOnly(false);
        long steps = disk.steps();
        assertThat(append(1)).isEqualTo(refusal);
        store.flush();
        store.advance(Duration.ZERO);
        assertThat(disk.steps()).isEqualTo(steps);
        assertThat(told).hasSize(1);
    }

    private AppendOutcome append(int bodyBytes) {
        return store.parts().appender.append(store.queue("TopicA", 0), Drafts.ofSize(bodyBytes));
    }

    private void append(String body, Consumer<String> waiter) {
        Appended appended = (Appended) store.parts().appender.append(store.queue("TopicA", 0), Drafts.text(body));
        store.parts().acknowledger.whenSafe(appended.endPosition(), new DurabilityListener() {
            @Override
            public void durable() {
                waiter.accept("durable");
            }

            @Override
            public void lost(String reason) {
                waiter.accept("lost: " + reason);
            }
        });
    }

    private String refusalOnAnotherThread() {
        try {
            return CompletableFuture.supplyAsync(
                            () -> "refused: " + refused(append(1)).text())
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            return e.toString();
        }
    }

    private static Refused refused(AppendOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return (Refused) outcome;
    }
}
