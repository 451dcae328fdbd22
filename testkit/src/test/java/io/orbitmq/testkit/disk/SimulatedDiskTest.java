package io.orbitmq.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The disk as long as it behaves, and the faults a test switches on. */
final class SimulatedDiskTest {

    private static final Path DIRECTORY = Path.of("/data");
    private static final Path FILE = DIRECTORY.resolve("file");
    private static final int SECTOR = 512;

    private final SimulatedDisk disk = new SimulatedDisk(1);

    @BeforeEach
    void makeDirectory() throws IOException {
        disk.createDirectories(DIRECTORY);
    }

    @Test
    void whatWasWrittenIsReadBeforeItIsForced() throws IOException {
        DiskFile file = disk.open(FILE);
        file.write(3, bytes(1, 2, 3));

        assertThat(file.size()).isEqualTo(6);
        assertThat(read(file, 0, 10)).containsExactly(0, 0, 0, 1, 2, 3);
        assertThat(read(file, 5, 10)).containsExactly(3);
        assertThat(read(file, 6, 10)).isEmpty();
        assertThat(read(file, 5_000_000_000L, 10)).isEmpty();
        assertThat(disk.bytes(FILE)).containsExactly(0, 0, 0, 1, 2, 3);
    }

    @Test
    void sizesAreCutAndExtendedWithZeros() throws IOException {
        DiskFile file = disk.open(FILE);
        file.write(0, bytes(1, 2, 3, 4));

        file.setSize(2);
        file.setSize(4);

        assertThat(disk.bytes(FILE)).containsExactly(1, 2, 0, 0);
    }

    @Test
    void filesAreListedRenamedAndRemoved() throws IOException {
        Path sub = DIRECTORY.resolve("sub");
        Path target = DIRECTORY.resolve("target");
        disk.createDirectories(sub);
        disk.open(FILE).write(0, bytes(7));
        disk.open(target).write(0, bytes(8));
        disk.open(sub.resolve("inner"));

        assertThat(disk.list(DIRECTORY)).containsExactly(FILE, sub, target);
        disk.rename(FILE, target);
        assertThat(disk.exists(FILE)).isFalse();
        assertThat(disk.bytes(target)).containsExactly(7);
        disk.delete(target);
        disk.delete(target);
        assertThat(disk.list(DIRECTORY)).containsExactly(sub);
        assertThat(disk.list(Path.of("/nowhere"))).isEmpty();
    }

    @Test
    void missingFilesAndDirectoriesAreTold() {
        assertThatThrownBy(() -> disk.openReadOnly(FILE)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.rename(FILE, DIRECTORY.resolve("x"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.open(Path.of("/nowhere/file")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("its directory does not exist");
    }

    @Test
    void aFileOpenedForReadingIsNotWritten() throws IOException {
        disk.open(FILE).write(0, bytes(1));
        DiskFile file = disk.openReadOnly(FILE);

        assertThatIOException().isThrownBy(() -> file.write(0, bytes(2))).withMessageContaining("reading only");
        assertThatIOException().isThrownBy(() -> file.setSize(0)).withMessageContaining("reading only");
        assertThat(read(file, 0, 1)).containsExactly(1);
    }

    @Test
    void aClosedFileIsUseless() throws IOException {
        DiskFile file = disk.open(FILE);
        file.close();

        assertThatThrownBy(file::size).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> file.force(true)).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aFailedWriteLeavesABeginningOfItsBytes() throws IOException {
        DiskFile file = disk.open(FILE);
        disk.failNextWrites(1);

        assertThatIOException()
                .isThrownBy(() -> file.write(0, filled(1_000, 5)))
                .withMessage("Input/output error");

        assertThat(file.size()).isBetween(0L, 1_000L);
        assertThat(disk.bytes(FILE)).containsOnly(5);
        file.write(0, filled(1_000, 6));
        assertThat(disk.bytes(FILE)).hasSize(1_000).containsOnly(6);
    }

    @Test
    void aFullDiskRefusesNewSectorsAndTakesOldOnes() throws IOException {
        disk.setCapacity(2 * SECTOR);
        DiskFile file = disk.open(FILE);
        file.write(0, filled(2 * SECTOR, 1));

        assertThatIOException()
                .isThrownBy(() -> file.write(2 * SECTOR, bytes(1)))
                .withMessage("No space left on device");
        assertThat(file.size()).isEqualTo(2 * SECTOR);
        file.write(SECTOR, bytes(9));
        assertThat(disk.bytes(FILE)[SECTOR]).isEqualTo((byte) 9);
        assertThat(disk.space(FILE).usableBytes()).isZero();
        assertThat(disk.space(FILE).usedRatio()).isEqualTo(1.0);
    }

    @Test
    void removedAndCutFilesGiveTheirSpaceBack() throws IOException {
        disk.setCapacity(4 * SECTOR);
        DiskFile file = disk.open(FILE);
        file.write(0, filled(3 * SECTOR, 1));
        assertThat(disk.usedBytes()).isEqualTo(3 * SECTOR);

        file.setSize(SECTOR + 1);
        assertThat(disk.usedBytes()).isEqualTo(2 * SECTOR);
        disk.delete(FILE);
        assertThat(disk.usedBytes()).isZero();
        assertThat(disk.space(FILE).usableBytes()).isEqualTo(4 * SECTOR);
    }

    @Test
    void aHoleTakesNoSpace() throws IOException {
        DiskFile file = disk.open(FILE);
        file.setSize(100 * SECTOR);
        file.write(50 * SECTOR, bytes(1));

        assertThat(disk.usedBytes()).isEqualTo(SECTOR);
    }

    @Test
    void aReadOnlyDiskRefusesEveryChangeAndStillReads() throws IOException {
        DiskFile file = disk.open(FILE);
        file.write(0, bytes(1));
        disk.setReadOnly(true);

        assertThatIOException().isThrownBy(() -> file.write(0, bytes(2))).withMessage("Read-only file system");
        assertThatIOException().isThrownBy(() -> file.setSize(0));
        assertThatIOException().isThrownBy(() -> file.force(true));
        assertThatIOException().isThrownBy(() -> disk.open(DIRECTORY.resolve("new")));
        assertThatIOException().isThrownBy(() -> disk.delete(FILE));
        assertThatIOException().isThrownBy(() -> disk.rename(FILE, DIRECTORY.resolve("new")));
        assertThatIOException().isThrownBy(() -> disk.forceDirectory(DIRECTORY));
        assertThat(read(file, 0, 1)).containsExactly(1);
    }

    @Test
    void aFlippedBitIsThereForGood() throws IOException {
        DiskFile file = disk.open(FILE);
        file.write(0, bytes(0, 0));
        file.force(true);
        disk.forceDirectory(DIRECTORY);

        disk.flipBit(FILE, 1, 3);

        assertThat(read(file, 0, 2)).containsExactly(0, 8);
        disk.crash();
        assertThat(disk.bytes(FILE)).containsExactly(0, 8);
    }

    @Test
    void aLockIsHeldByOneUntilItIsReleasedOrItsProcessIsGone() throws Exception {
        Path path = DIRECTORY.resolve("lock");
        AutoCloseable first = disk.lock(path);
        assertThatIOException().isThrownBy(() -> disk.lock(path)).withMessageContaining("locked by another");

        first.close();
        AutoCloseable second = disk.lock(path);
        disk.killProcess();
        disk.lock(path);

        second.close();
        assertThatIOException()
                .as("the dead process's lock does not release the living one's")
                .isThrownBy(() -> disk.lock(path));
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    private static ByteBuffer filled(int length, int value) {
        int[] values = new int[length];
        Arrays.fill(values, value);
        return bytes(values);
    }

    private static byte[] read(DiskFile file, long position, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        int count = file.read(position, target);
        byte[] result = new byte[count];
        target.flip().get(result);
        return result;
    }
}
