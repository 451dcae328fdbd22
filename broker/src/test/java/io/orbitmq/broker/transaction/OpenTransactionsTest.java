package io.orbitmq.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.broker.transaction.TransactionFixture.Half;
import io.orbitmq.protocol.message.Names;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The table derived from the log. */
final class OpenTransactionsTest {

    private final TransactionFixture broker = new TransactionFixture();
    private final OpenTransactions copy = new OpenTransactions();

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

    private static void count(OpenTransactions table, long position, int checks) {
        StateWriter change = new StateWriter();
        OpenTransactions.checked(change, position, checks);
        table.apply(change.toBuffer());
    }
}
