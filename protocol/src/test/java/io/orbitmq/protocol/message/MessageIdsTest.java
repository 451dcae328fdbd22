package io.orbitmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.testkit.SimulatedClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdsTest {

    @Test
    void readsTheCapturedUniqueKey() {
        UniqueKey key = UniqueKey.decode("FD000000000000000000000000000002361930946E096757F6150000")
                .orElseThrow();
        assertThat(key.address().getHostAddress()).isEqualTo("fd00:0:0:0:0:0:0:2");
        assertThat(key.processId()).isEqualTo(0x3619);
        assertThat(key.processConstant()).isEqualTo(0x30946E09);
        assertThat(key.monthMs()).isEqualTo(0x6757F615);
        assertThat(key.counter()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "fd00::2"})
    void generatedKeysDecodeToWhereAndWhenTheyWereMade(String address) throws UnknownHostException {
        SimulatedClock clock = new SimulatedClock();
        UniqueKeyGenerator keys = generator(address, clock);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            clock.advance(Duration.ofHours(7));
            String text = keys.next();
            UniqueKey key = UniqueKey.decode(text).orElseThrow();
            assertThat(seen.add(text)).isTrue();
            assertThat(key.address()).isEqualTo(InetAddress.getByName(address));
            assertThat(key.processId()).isEqualTo(70_000 & 0xFFFF);
            assertThat(key.counter()).isEqualTo(i);
            assertThat(key.epochMs(clock.epochMs(), ZoneOffset.UTC)).isEqualTo(clock.epochMs());
        }
    }

    @Test
    void aKeyOfTheLastMonthIsNotTakenForAFutureOne() {
        UniqueKey key = new UniqueKey(
                InetAddress.getLoopbackAddress(),
                1,
                1,
                (int) Duration.ofDays(20).toMillis(),
                0);
        long now = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
        assertThat(Instant.ofEpochMilli(key.epochMs(now, ZoneOffset.UTC))).isEqualTo("2026-02-21T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ABC", "my-own-id", "ZZ000000000000000000000000000000", "00"})
    void otherTextsAreNoIds(String text) {
        assertThat(UniqueKey.decode(text)).isEmpty();
        assertThat(OffsetMessageId.decode(text)).isEmpty();
    }

    @Test
    void readsAndWritesTheCapturedOffsetMessageId() {
        OffsetMessageId id =
                OffsetMessageId.decode("7F00000100004EF2000000000000010D").orElseThrow();
        assertThat(id.storeHost()).hasToString("127.0.0.1:20210");
        assertThat(id.position()).isEqualTo(269);
        assertThat(id.encode()).isEqualTo("7F00000100004EF2000000000000010D");
        String v6 = "FD000000000000000000000000000002" + "00002A9F" + "00000000000000FF";
        assertThat(OffsetMessageId.decode(v6).orElseThrow().encode()).isEqualTo(v6);
    }

    private static UniqueKeyGenerator generator(String address, SimulatedClock clock) throws UnknownHostException {
        return new UniqueKeyGenerator(InetAddress.getByName(address), 70_000, 5, clock, ZoneOffset.UTC);
    }
}
