package io.orbitmq.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class LedgerTest {

    @Test
    void isCompleteOnlyWhenEveryNumberArrived() {
        Ledger ledger = new Ledger(3);

        ledger.arrived(2);
        ledger.arrived(0);
        assertThat(ledger.isComplete()).isFalse();
        ledger.arrived(1);

        assertThat(ledger.isComplete()).isTrue();
        assertThat(ledger.duplicates()).isZero();
        assertThat(ledger.strangers()).isZero();
    }

    @Test
    void aSecondArrivalDoesNotStandInForAMissingMessage() {
        Ledger ledger = new Ledger(2);

        ledger.arrived(0);
        ledger.arrived(0);

        assertThat(ledger.isComplete()).isFalse();
        assertThat(ledger.distinct()).isEqualTo(1);
        assertThat(ledger.duplicates()).isEqualTo(1);
    }

    @Test
    void numbersNobodySentAreStrangers() {
        Ledger ledger = new Ledger(2);

        ledger.arrived(2);
        ledger.arrived(-1);

        assertThat(ledger.distinct()).isZero();
        assertThat(ledger.strangers()).isEqualTo(2);
    }

    @Test
    void aBodyReadsBackAndAnyDamagedByteShows() {
        ByteBuffer body = DemoBody.write(77, 123, 64);
        assertThat(DemoBody.readNumber(body, 0, 64)).isEqualTo(77);
        assertThat(DemoBody.readSentNanos(body, 0)).isEqualTo(123);

        for (int at = DemoBody.LEAST_BYTES; at < 64; at++) {
            ByteBuffer damaged = DemoBody.write(77, 123, 64);
            damaged.put(at, (byte) (damaged.get(at) ^ 1));
            assertThat(DemoBody.readNumber(damaged, 0, 64)).as("byte %d", at).isEqualTo(-1);
        }
        assertThat(DemoBody.readNumber(body, 0, 8)).isEqualTo(-1);
    }
}
