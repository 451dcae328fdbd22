package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.protocol.message.BlankRecord;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.segment.CorruptLogException;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One wrong bit in the blank record that closes a segment, and in the zeros behind it. */
final class BlankDamageTest {

    private static final int SEGMENT_BYTES = 2048;

    private final SimulatedDisk disk = new SimulatedDisk(21);
    private final SimulatedStore store = new SimulatedStore(disk, FlushMode.SYNC_FLUSH, SEGMENT_BYTES);
    private final List<String> sent = new ArrayList<>();
    private long blank;

    /** The first segment ends in a blank record; three segments follow. */
    @BeforeEach
    void fillSegments() throws IOException {
        store.open();
        long end = 0;
        while (end < 3 * SEGMENT_BYTES) {
            sent.add("message " + sent.size() + "x".repeat(500));
            end = append(sent.get(sent.size() - 1)).endPosition();
            blank = end < SEGMENT_BYTES ? end : blank;
        }
        assertThat(SEGMENT_BYTES - blank).isGreaterThan(BlankRecord.BYTES);
        assertThat(disk.bytes(store.segment(0))[(int) blank + Integer.BYTES]).isEqualTo((byte) 0xCB);
    }

    @Test
    void isRefusedWhereTheStartChecksTheLog() throws IOException {
        store.advance(Duration.ofMillis(110));
        disk.killProcess();

        for (int bit = 0; bit < BlankRecord.BYTES * Byte.SIZE; bit++) {
            flip(bit);
            assertRefused(bit);
            flip(bit);
        }

        store.open();
        assertThat(bodies()).isEqualTo(sent);
    }

    @Test
    void harmsNothingWhereTheIndexLeadsPastIt() throws IOException {
        store.store().close();

        for (int bit = 0; bit < BlankRecord.BYTES * Byte.SIZE; bit++) {
            flip(bit);
            store.open();
            assertThat(bodies()).as("bit %d", bit).isEqualTo(sent);
            store.store().close();
            flip(bit);
        }
    }

    @Test
    void isRefusedWhenTheIndexMustBeBuiltAnew() throws IOException {
        store.store().close();

        for (int bit = 0; bit < BlankRecord.BYTES * Byte.SIZE; bit++) {
            for (Path file : disk.list(SimulatedStore.ROOT.resolve("orbitmq/queues"))) {
                disk.delete(file);
            }
            flip(bit);
            assertRefused(bit);
            flip(bit);
        }

        store.open();
        assertThat(bodies()).isEqualTo(sent);
    }

    @Test
    void harmsNothingBehindTheEightBytes() throws IOException {
        store.advance(Duration.ofMillis(110));
        for (long bit = BlankRecord.BYTES * Byte.SIZE; bit < (SEGMENT_BYTES - blank) * Byte.SIZE; bit += 7) {
            disk.killProcess();
            flip(bit);
            store.open();
            assertThat(bodies()).as("bit %d", bit).isEqualTo(sent);
            flip(bit);
        }
    }

    private void assertRefused(int bit) {
        assertThatThrownBy(store::open)
                .as("bit %d", bit)
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("damaged at position " + blank + " (file " + store.segment(0) + ")");
        disk.killProcess();
    }

    private void flip(long bitOfBlank) {
        disk.flipBit(store.segment(0), blank + bitOfBlank / Byte.SIZE, (int) (bitOfBlank % Byte.SIZE));
    }

    private List<String> bodies() {
        return store.bodies(store.queue("TopicA", 0));
    }

    private Appended append(String body) {
        Appended appended = (Appended) store.parts().appender.append(store.queue("TopicA", 0), Drafts.text(body));
        store.flush();
        return appended;
    }
}
