package io.orbitmq.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.file.ForwardingDisk;
import io.orbitmq.foundation.file.ForwardingDiskFile;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told when the disk gives no room: that it is full, or that it fails. */
final class SpaceAheadTest {

    private static final int SEGMENT_BYTES = 1 << 18;
    private static final int PIECE_BYTES = 1 << 16;
    private static final Path DIRECTORY = Path.of("/sim/log");

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final FailingDisk failing = new FailingDisk();
    private SpaceAhead space;

    @BeforeEach
    void openEmptyLog() throws IOException {
        space = new SpaceAhead(SegmentedLog.open(failing, DIRECTORY, SEGMENT_BYTES), 0);
    }

    @Test
    void tellsWhereHowFullTheDiskIsAndWhatToDo() throws IOException {
        space.ensure(PIECE_BYTES);
        disk.setCapacity(PIECE_BYTES + 1024);

        assertThatThrownBy(() -> space.ensure(PIECE_BYTES + 1))
                .isInstanceOf(NoRoomException.class)
                .hasMessage(
                        "No room for the next 65536 bytes of the log in /sim/log at position 65536: the disk there is"
                                + " 98.5 % full, 1024 of 66560 bytes are free (No space left on device). Free space on that disk"
                                + " or lower fileReservedTime; appends then go on by themselves.");
        disk.setCapacity(2 * PIECE_BYTES);
        space.ensure(PIECE_BYTES + 1);
        assertThat(space.readyPosition()).isEqualTo(2 * PIECE_BYTES);
    }

    @Test
    void aFileThatCannotBeCreatedForWantOfSpaceIsNoRoom() {
        failing.failure = new FileSystemException("/sim/log/1", null, "No space left on device");

        assertThatThrownBy(() -> space.ensureSegmentAt(0)).isInstanceOf(NoRoomException.class);
    }

    @Test
    void aProcessWithTooManyOpenFilesHasNoRoomUntilItHasFewer() throws IOException {
        failing.failure = new FileSystemException("/sim/log/1", null, "Too many open files");

        assertThatThrownBy(() -> space.ensureSegmentAt(0))
                .isInstanceOf(NoRoomException.class)
                .hasMessageContaining("allow the process more open files");
        failing.failure = null;
        space.ensure(PIECE_BYTES);
        assertThat(space.readyPosition()).isEqualTo(PIECE_BYTES);
    }

    @Test
    void aQuotaIsNoRoomThoughTheDiskHasPlenty() {
        failing.failure = new IOException("Disk quota exceeded");

        assertThatThrownBy(() -> space.ensure(1))
                .isInstanceOf(NoRoomException.class)
                .hasMessageContaining("(Disk quota exceeded)");
    }

    @Test
    void aFullDiskIsNoRoomInWhateverLanguageItIsSaid() {
        disk.setCapacity(PIECE_BYTES - 1);
        failing.failure = new IOException("Auf dem Gerät ist kein Speicherplatz mehr verfügbar");

        assertThatThrownBy(() -> space.ensure(1)).isInstanceOf(NoRoomException.class);
    }

    @Test
    void aDiskThatFailsIsNotFull() throws IOException {
        space.ensure(PIECE_BYTES);
        failing.failure = new IOException("Input/output error");

        assertThatThrownBy(() -> space.ensure(PIECE_BYTES + 1))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NoRoomException.class)
                .hasMessage("making room at position 65536: Input/output error")
                .hasCause(failing.failure);
        assertThatThrownBy(() -> space.ensureSegmentAt(SEGMENT_BYTES))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NoRoomException.class);
    }

    @Test
    void aDiskThatCannotTellItsSpaceFails() {
        failing.failure = new IOException("No space left on device");
        failing.spaceUnknown = true;

        assertThatThrownBy(() -> space.ensure(1))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NoRoomException.class)
                .hasMessageContaining("No space left on device");
    }

    /** Fails at creating and writing files once a failure is given. */
    private final class FailingDisk extends ForwardingDisk {

        private IOException failure;
        private boolean spaceUnknown;

        private FailingDisk() {
            super(disk);
        }

        @Override
        public DiskFile open(Path path) throws IOException {
            failIfAsked();
            return new ForwardingDiskFile(super.open(path)) {
                @Override
                public void write(long position, ByteBuffer source) throws IOException {
                    failIfAsked();
                    super.write(position, source);
                }
            };
        }

        @Override
        public Space space(Path path) throws IOException {
            if (spaceUnknown) {
                throw new IOException("Stale file handle");
            }
            return super.space(path);
        }

        private void failIfAsked() throws IOException {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
