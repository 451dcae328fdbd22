package io.orbitmq.store.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.read.ReadCountingDisk;
import io.orbitmq.store.segment.SegmentedLog;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class LeftoverTest {

    private static final Path DIRECTORY = Path.of("log");
    private static final Path SEGMENT = DIRECTORY.resolve("00000000000000000000");
    private static final int SEGMENT_BYTES = 4 << 20;
    /** What is read at once. */
    private static final int BUFFER_BYTES = 1 << 20;

    private static final HostAddress HOST = HostAddress.of(new InetSocketAddress("127.0.0.1", 10911));
    private static final byte[] TOPIC = {'t'};

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final ByteBuffer bytes = ByteBuffer.allocate(SEGMENT_BYTES);

    @Test
    void nothingStandsBehindTheEndWhenAllIsZero() throws IOException {
        append(5000);
        long end = bytes.position();

        assertThat(behind(end)).isEqualTo(new Leftover(end, 0, 0));
    }

    @Test
    void countsTheRecordsBehindATearThatAreLargerThanWhatIsReadAtOnce() throws IOException {
        append(5000);
        long tear = bytes.position();
        append(500);
        append(BUFFER_BYTES + 5000);
        append(BUFFER_BYTES - 5000);
        append(200);
        bytes.put((int) tear + 100, (byte) -1);

        assertThat(behind(tear)).isEqualTo(new Leftover(tear, bytes.position() - tear, 3));
    }

    @Test
    void countsARecordOnceWhoseHeadIsReadInTwoPieces() throws IOException {
        for (int before = 0; before <= 10; before++) {
            bytes.clear().put(new byte[SEGMENT_BYTES]).clear();
            append(BUFFER_BYTES - before);
            append(300);
            bytes.put(100, (byte) -1);

            assertThat(behind(0)).as("%d bytes before", before).isEqualTo(new Leftover(0, bytes.position(), 1));
        }
    }

    @Test
    void countsNoRecordThatStandsInAnotherPlaceThanItWasWrittenFor() throws IOException {
        bytes.position(1);
        MessageRecord.write(bytes, draft(300), TOPIC, 0, 0, 0, 1L);

        assertThat(behind(0)).isEqualTo(new Leftover(0, bytes.position(), 0));
    }

    @Test
    void readsNoMoreThanTheTearForWhatOnlyLooksLikeTheBeginningOfARecord() throws IOException {
        while (bytes.position() < BUFFER_BYTES) {
            bytes.putInt(3 << 20).putInt(MessageRecord.MAGIC_V1);
        }
        behind(0);
        ReadCountingDisk counting = new ReadCountingDisk(disk);

        Leftover found = Leftover.behind(SegmentedLog.open(counting, DIRECTORY, SEGMENT_BYTES), 0);

        assertThat(found).isEqualTo(new Leftover(0, BUFFER_BYTES, 0));
        long heads = (long) BUFFER_BYTES / 8 * MessageRecord.HEAD_BYTES;
        assertThat(counting.bytesRead()).isLessThan(2 * SEGMENT_BYTES + heads);
    }

    @Test
    void seesTheEndOfALongTail() throws IOException {
        int segments = 10;
        disk.createDirectories(DIRECTORY);
        for (int i = 0; i < segments; i++) {
            try (DiskFile file = disk.open(DIRECTORY.resolve(String.format("%020d", (long) i * SEGMENT_BYTES)))) {
                file.setSize(SEGMENT_BYTES);
                file.write(SEGMENT_BYTES / 2, ByteBuffer.wrap(new byte[] {1}));
            }
        }

        Leftover found = Leftover.behind(SegmentedLog.open(disk, DIRECTORY, SEGMENT_BYTES), 100);

        assertThat(100 + found.bytes()).isEqualTo((segments - 1L) * SEGMENT_BYTES + SEGMENT_BYTES / 2 + 1);
    }

    private Leftover behind(long end) throws IOException {
        disk.createDirectories(DIRECTORY);
        disk.open(SEGMENT).write(0, bytes.duplicate().clear());
        return Leftover.behind(SegmentedLog.open(disk, DIRECTORY, SEGMENT_BYTES), end);
    }

    /** A record of so many bytes. */
    private void append(int sizeBytes) {
        int fixed = MessageRecord.sizeOf(draft(0), TOPIC.length);
        MessageRecord.write(bytes, draft(sizeBytes - fixed), TOPIC, 0, 0, bytes.position(), 1L);
    }

    private static MessageDraft draft(int bodyBytes) {
        return new MessageDraft(0, 0, 1L, HOST, HOST, 0, 0, ByteBuffer.allocate(bodyBytes), ByteBuffer.allocate(0));
    }
}
