package io.orbitmq.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.broker.transaction.TransactionFixture.Half;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.node.SteppedStore;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table derived from the log. */
final class OpenTransactionsTest {

    private final TransactionFixture broker = new TransactionFixture();
    private final OpenTransactions copy = new OpenTransactions();
    private TransactionFixture.Tables tables = new TransactionFixture.Tables();

    @Test
    void snapshotHoldsWhatIsOpenAndNothingElse() {
        Half one = broker.begin("K1", "CHECK_IMMUNITY_TIME_IN_SECONDS^60~");
        broker.end(broker.begin("K2"), 8);
        Half three = broker.begin("K3");
        count(broker.table, three.position(), 4);

        copy.restore(broker.table.snapshot());

        assertThat(copy.count()).isEqualTo(2);
        assertThat(copy.find(one.position())).isEqualTo(broker.table.find(one.position()));
        assertThat(copy.find(one.position()).orElseThrow().immunitySeconds()).isEqualTo(60);
        assertThat(copy.find(three.position()).orElseThrow().checks()).isEqualTo(4);
        assertThat(copy.neededFrom()).isEqualTo(one.position());
    }

    @Test
    void replayingTheHistoryOverALaterSnapshotEndsInTheSameState() {
        Half one = broker.begin("K1");
        Half two = broker.begin("K2");
        broker.end(one, 8);
        count(broker.table, two.position(), 2);
        copy.restore(broker.table.snapshot());

        for (ByteBuffer half : broker.records(Names.HALF_TOPIC, 0)) {
            copy.follow(half, 0);
        }
        copy.follow(broker.records("TopicT", 1).get(0), 0);
        count(copy, two.position(), 1);
        count(copy, two.position(), 2);

        assertThat(copy.snapshot()).isEqualTo(broker.table.snapshot());
    }

    @Test
    void countsOfWhatEndedAreForgotten() {
        Half half = broker.begin("K1");
        broker.end(half, 12);

        count(broker.table, half.position(), 3);

        assertThat(broker.table.isEmpty()).isTrue();
        assertThat(broker.table.snapshot().remaining()).isZero();
    }

    @Test
    void openHalfMessageKeepsItsSegment() throws IOException {
        SimulatedDisk files = new SimulatedDisk(1);
        SimulatedClock clock = new SimulatedClock();
        try (SteppedStore store = open(files, clock)) {
            fill(broker(store, clock));
        }
        Half half;
        try (SteppedStore store = open(files, clock)) {
            TransactionFixture first = broker(store, clock);
            half = first.begin("K1");
            fill(first);
        }
        try (SteppedStore store = open(files, clock)) {
            clock.advance(Duration.ofSeconds(1));
            store.removeSegmentsBefore(clock.epochMs());
            assertThat(store.minPosition()).isPositive();
            assertThat(store.recordAt(half.position())).isPresent();
            TransactionFixture second = broker(store, clock);
            second.end(half, 8);
            fill(second);
        }
        try (SteppedStore store = open(files, clock)) {
            clock.advance(Duration.ofSeconds(1));
            store.removeSegmentsBefore(clock.epochMs());
            assertThat(store.recordAt(half.position())).isEmpty();
        }
    }

    private SteppedStore open(SimulatedDisk files, SimulatedClock clock) throws IOException {
        tables = new TransactionFixture.Tables();
        return SteppedStore.open(
                TransactionSimulation.storeConfig(4096),
                List.of(tables.topics(), tables.groups(), tables.transactions()),
                files,
                clock,
                new SimulatedScheduler(clock));
    }

    private TransactionFixture broker(SteppedStore store, SimulatedClock clock) {
        return new TransactionFixture(new SimulatedScheduler(clock), clock, store, tables);
    }

    private static void fill(TransactionFixture broker) {
        for (int i = 0; i < 100; i++) {
            broker.end(broker.begin("other" + i), 12);
        }
    }

    private static void count(OpenTransactions table, long position, int checks) {
        StateWriter change = new StateWriter();
        OpenTransactions.checked(change, position, checks);
        table.apply(change.toBuffer());
    }
}
