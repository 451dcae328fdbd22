package io.orbitmq.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TailWindowTest {

    private static final int CHUNK_BYTES = 1024;
    private static final int CHUNKS = 8;
    private static final int LARGE = 3000;

    private final TailWindow window = new TailWindow(CHUNK_BYTES, CHUNKS);
    private LogTail tail;
    private LogWriter writer;

    @BeforeEach
    void openEmptyLog() throws IOException {
        SegmentedLog log = SegmentedLog.open(new SimulatedDisk(3), Path.of("/sim/log"), 1 << 18);
        log.ensureSegmentAt(0);
        SpaceAhead space = new SpaceAhead(log, 0);
        writer = new LogWriter(window, space, new SimulatedClock(), 0);
        tail = new LogTail(log, window, space, writer, 0);
    }

    @Test
    void keepsNoMoreOfLargeRecordsThanTheChunksTake() throws IOException {
        for (int i = 0; i < 30; i++) {
            place(LARGE, i);
            assertThat(window.ownBytes()).isLessThanOrEqualTo(CHUNKS * CHUNK_BYTES);
        }

        assertThat(window.pin(29L * LARGE, LARGE)).isPresent();
        assertThat(window.pin(26L * LARGE, LARGE)).isEmpty();
        assertThat(writer.writtenPosition()).isGreaterThanOrEqualTo(27L * LARGE);
    }

    @Test
    void keepsALargeRecordThatIsBeingReadUntilItWasRead() throws IOException {
        place(LARGE, 7);
        place(LARGE, 8);
        TailChunk read = window.pin(0, LARGE).orElseThrow();
        for (int i = 0; i < 2; i++) {
            place(LARGE, i);
        }
        assertThat(read.view().get(LARGE - 1)).isEqualTo((byte) 7);
        assertThat(window.pin(0, LARGE)).contains(read);
        assertThat(window.pin(LARGE, LARGE)).isEmpty();

        read.unpin();
        read.unpin();
        for (int i = 0; i < 2; i++) {
            place(LARGE, i);
        }
        assertThat(window.pin(0, LARGE)).isEmpty();
    }

    @Test
    void smallRecordsGoOnInTheMemoryOfForgottenLargeOnes() throws IOException {
        for (int i = 0; i < 4; i++) {
            place(LARGE, i);
        }
        long start = tail.endPosition();
        for (int i = 0; i < CHUNKS * 4; i++) {
            place(CHUNK_BYTES / 2, i);
        }

        assertThat(window.ownBytes()).isZero();
        long last = start + (CHUNKS * 4L - 1) * CHUNK_BYTES / 2;
        TailChunk chunk = window.pin(last, CHUNK_BYTES / 2).orElseThrow();
        assertThat(chunk.view().get((int) (last - chunk.start()))).isEqualTo((byte) (CHUNKS * 4 - 1));
        assertThat(window.startPosition()).isEqualTo(tail.endPosition() - CHUNKS * CHUNK_BYTES);
    }

    private void place(int bytes, int value) throws IOException {
        tail.reserve(bytes);
        ByteBuffer room = tail.room(bytes);
        while (room.hasRemaining()) {
            room.put((byte) value);
        }
        tail.commit(bytes);
    }
}
