package io.orbitmq.store.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import io.orbitmq.store.read.ReadCountingDisk;
import io.orbitmq.store.segment.SegmentedLog;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class LogScannerTest {

    private static final int SEGMENT_BYTES = 8 << 20;
    private static final int LARGE = 5 << 20;
    /** What is read at once. */
    private static final int BUFFER_BYTES = 1 << 20;
    /** With IPv4 hosts. */
    private static final int BODY_LENGTH_AT = 84;

    private final ReadCountingDisk disk = new ReadCountingDisk(new SimulatedDisk(1));

    @Test
    void takesNoMemoryForASizeThatDoesNotFitTheBodysLength() throws IOException {
        assertThat(scan(LARGE, 100)).isEqualTo(RecordVerdict.CUT_OFF);
        assertThat(disk.bytesRead()).isEqualTo(BUFFER_BYTES);
    }

    @Test
    void takesTheMemoryThatALargeBodyNeeds() throws IOException {
        assertThat(scan(LARGE, LARGE - MessageRecord.SMALLEST)).isEqualTo(RecordVerdict.CHECKSUM_DIFFERS);
        assertThat(disk.bytesRead()).isBetween((long) LARGE, (long) LARGE + 2 * BUFFER_BYTES);
    }

    /** Why the walk ends at a record of which these two numbers are all there is. */
    private RecordVerdict scan(int size, int bodyLength) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(MessageRecord.SMALLEST);
        head.putInt(0, size).putInt(Integer.BYTES, MessageRecord.MAGIC_V1).putInt(BODY_LENGTH_AT, bodyLength);
        head.putInt(2 * Integer.BYTES, 1);
        Path directory = Path.of("/sim/log");
        disk.createDirectories(directory);
        try (DiskFile file = disk.open(directory.resolve("0".repeat(20)))) {
            file.setSize(SEGMENT_BYTES);
            file.write(0, head);
        }
        LogScanner scanner =
                new LogScanner(SegmentedLog.open(disk, directory, SEGMENT_BYTES), 0, new SealCheck(Long.MAX_VALUE));
        assertThat(scanner.next()).isFalse();
        return scanner.ending();
    }
}
