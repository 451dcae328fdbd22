package io.orbitmq.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.file.ForwardingDisk;
import io.orbitmq.foundation.file.ForwardingDiskFile;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.disk.SimulatedCrash;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the writer writes where, besides the bytes themselves. */
final class LogWriterTest {

    private static final int PAGE = 4096;
    private static final int SEGMENT_BYTES = 1 << 18;
    /** What room is made by. */
    private static final int PIECE = 1 << 16;

    private static final List<Byte> ONES = List.of((byte) 1);
    private static final List<Byte> ZEROS = List.of((byte) 0);
    private static final List<Byte> EITHER = List.of((byte) 0, (byte) 1);
    private static final Path DIRECTORY = Path.of("/sim/log");

    private final SimulatedDisk disk = new SimulatedDisk(3);
    private final SimulatedClock clock = new SimulatedClock();
    private final List<String> writes = new ArrayList<>();
    private SegmentedLog log;
    private SpaceAhead space;
    private LogTail tail;
    private LogWriter writer;

    @BeforeEach
    void openEmptyLog() throws IOException {
        open(0);
        space.runAhead(0);
    }

    @Test
    void beginsEachPageOfASlowLogAsAWhole() throws IOException {
        place(1000);
        assertThat(slowWrites()).containsExactly("0 zeros 4096", "0 bytes 1000");
        place(3000);
        assertThat(slowWrites()).containsExactly("1000 bytes 3000");
        place(200);
        assertThat(slowWrites()).containsExactly("4096 zeros 4096", "4000 bytes 200");
        place(8000);
        assertThat(slowWrites()).containsExactly("8192 zeros 4096", "4200 bytes 8000");
    }

    @Test
    void writesNothingMoreUpToTheEndOfAPage() throws IOException {
        place(PAGE);
        assertThat(slowWrites()).containsExactly("0 bytes 4096");
    }

    @Test
    void sparesALogInAHurryTheZeros() throws IOException {
        place(1000);
        slowWrites();
        place(PAGE);
        assertThat(writes()).containsExactly("1000 bytes 4096");
    }

    @Test
    void writesNoPageThatHasNoRoomYet() throws IOException {
        open(100);
        place(PIECE - 50);
        assertThat(space.readyPosition()).isEqualTo(100 + PIECE);
        assertThat(slowWrites()).containsExactly("100 bytes 65486");
    }

    @Test
    void refusesToRollUntilTheRestOfTheSegmentHasItsRoom() throws IOException {
        SimulatedDisk filling = new SimulatedDisk(4);
        open(filling, SEGMENT_BYTES - 2 * PIECE);
        place(100);
        slowWrites();
        filling.setCapacity(filling.usedBytes());
        assertThatThrownBy(() -> place(2 * PIECE)).isInstanceOf(NoRoomException.class);
        assertThat(tail.endPosition()).isEqualTo(SEGMENT_BYTES - 2 * PIECE + 100);

        filling.setCapacity(Long.MAX_VALUE);
        place(2 * PIECE);
        assertThat(slowWrites()).containsExactly("131172 bytes 8", "262144 bytes 131072");
    }

    @Test
    void leavesRecordsAndZerosWhenTheMachineDiesAtAnyOfItsWrites() throws IOException {
        for (int step = 1; step <= 2; step++) {
            SimulatedDisk dying = new SimulatedDisk(step);
            open(dying, 0);
            space.runAhead(0);
            place(PAGE - 1);
            slowWrites();
            log.force(0, PAGE);
            place(PAGE);
            dying.crashAtStep(dying.steps() + step);
            assertThatThrownBy(this::slowWrites).isInstanceOf(SimulatedCrash.class);
            dying.crash();

            byte[] left = dying.bytes(DIRECTORY.resolve(SegmentDirectory.name(0)));
            for (int i = 0; i < 3 * PAGE; i++) {
                assertThat(left[i]).as("byte %d", i).isIn(i < PAGE - 1 ? ONES : i < 2 * PAGE - 1 ? EITHER : ZEROS);
            }
        }
    }

    private void open(long endPosition) throws IOException {
        open(disk, endPosition);
    }

    private void open(SimulatedDisk on, long endPosition) throws IOException {
        log = SegmentedLog.open(new WatchedDisk(on), DIRECTORY, SEGMENT_BYTES);
        log.ensureSegmentAt(0);
        TailWindow window = new TailWindow(SEGMENT_BYTES, 2);
        space = new SpaceAhead(log, endPosition);
        writer = new LogWriter(window, space, clock, endPosition);
        tail = new LogTail(log, window, space, writer, endPosition);
    }

    private void place(int bytes) throws IOException {
        tail.reserve(bytes);
        ByteBuffer room = tail.room(bytes);
        while (room.hasRemaining()) {
            room.put((byte) 1);
        }
        tail.commit(bytes);
    }

    /** What is written when nothing was for a while. */
    private List<String> slowWrites() throws IOException {
        clock.advance(Duration.ofMillis(1));
        return writes();
    }

    private List<String> writes() throws IOException {
        writes.clear();
        writer.writeStaged();
        return List.copyOf(writes);
    }

    /** Notes the writes. */
    private final class WatchedDisk extends ForwardingDisk {

        private WatchedDisk(Disk disk) {
            super(disk);
        }

        @Override
        public DiskFile open(Path path) throws IOException {
            long start = Long.parseLong(path.getFileName().toString());
            return new ForwardingDiskFile(super.open(path)) {
                @Override
                public void write(long position, ByteBuffer source) throws IOException {
                    boolean zeros = source.get(source.limit() - 1) == 0;
                    writes.add(start + position + (zeros ? " zeros " : " bytes ") + source.remaining());
                    super.write(position, source);
                }
            };
        }
    }
}
