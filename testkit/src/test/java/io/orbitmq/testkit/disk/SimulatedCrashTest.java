package io.orbitmq.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What a loss of power may and must not do, over many seeds: what was forced is certain; of the rest every fate that a real
 * disk knows must occur under some seed, and no other.
 */
final class SimulatedCrashTest {

    private static final Path DIRECTORY = Path.of("/data");
    private static final Path FILE = DIRECTORY.resolve("file");
    private static final int SECTOR = 512;
    private static final int SECTORS = 4;
    private static final int SEEDS = 400;

    @Test
    void whatWasForcedIsAlwaysThere() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = diskWith(seed, 1);
            disk.open(FILE).write(SECTORS * SECTOR, sectors(1, 2));

            disk.crash();

            assertThat(Arrays.copyOf(disk.bytes(FILE), SECTORS * SECTOR))
                    .as("seed " + seed)
                    .containsOnly(1);
        }
    }

    @Test
    void sectorsThatWereNotForcedAreLostKeptOrTornEachWhole() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = diskWith(seed, 1);
            disk.open(FILE).write(0, sectors(SECTORS, 2));

            disk.crash();

            seen.add(sectorPattern(disk.bytes(FILE)));
        }
        // Each of the four sectors old or new, in any combination: lost, kept, torn and reordered writes.
        assertThat(seen).hasSize(1 << SECTORS).contains("1111", "2222", "1122", "2211", "2121");
    }

    @Test
    void laterWritesMaySurviveEarlierOnes() throws IOException {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = diskWith(seed, 1);
            DiskFile file = disk.open(FILE);
            file.write(0, sectors(1, 2));
            file.write(3 * SECTOR, sectors(1, 3));

            disk.crash();

            seen.add(sectorPattern(disk.bytes(FILE)));
        }
        assertThat(seen).containsExactlyInAnyOrder("1111", "2111", "1113", "2113");
    }

    @Test
    void aFileThatGrewWithoutForceHasItsOldOrItsNewSize() throws IOException {
        Set<Integer> sizes = new TreeSet<>();
        Set<Integer> lastBytes = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = diskWith(seed, 1);
            disk.open(FILE).write(SECTORS * SECTOR, sectors(1, 2));

            disk.crash();

            byte[] bytes = disk.bytes(FILE);
            sizes.add(bytes.length);
            lastBytes.add((int) bytes[bytes.length - 1]);
        }
        assertThat(sizes).containsExactly(SECTORS * SECTOR, (SECTORS + 1) * SECTOR);
        assertThat(lastBytes)
                .as("zeros where the size was kept and the bytes were not")
                .containsExactly(0, 1, 2);
    }

    @Test
    void aFailedForceForgetsWhatItShouldHaveStored() throws IOException {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = diskWith(seed, 1);
            DiskFile file = disk.open(FILE);
            file.write(0, sectors(2, 2));
            disk.failNextForces(1);
            assertThatIOException().isThrownBy(() -> file.force(true)).withMessage("Input/output error");
            assertThat(sectorPattern(disk.bytes(FILE)))
                    .as("the cache still shows it")
                    .isEqualTo("2211");

            file.force(true);
            disk.crash();

            seen.add(sectorPattern(disk.bytes(FILE)));
        }
        assertThat(seen)
                .as("a second force succeeds and stores nothing of it")
                .containsExactlyInAnyOrder("1111", "2111", "1211", "2211");
    }

    @Test
    void namesAreCertainOnlyWhenTheirDirectoryWasForced() throws IOException {
        Path created = DIRECTORY.resolve("created");
        Path renamed = DIRECTORY.resolve("renamed");
        Map<List<Path>, Integer> seen = new HashMap<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = diskWith(seed, 1);
            disk.open(created).force(true);
            disk.rename(FILE, renamed);

            disk.crash();

            seen.merge(disk.list(DIRECTORY), 1, Integer::sum);
        }
        assertThat(seen.keySet())
                .as("a rename is whole: never both names, never none")
                .containsExactlyInAnyOrder(
                        List.of(FILE), List.of(renamed), List.of(created, FILE), List.of(created, renamed));
    }

    @Test
    void aForcedRenameReplacesItsTargetForGood() throws IOException {
        Path target = DIRECTORY.resolve("target");
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = diskWith(seed, 1);
            DiskFile newer = disk.open(target);
            newer.write(0, sectors(1, 2));
            newer.force(true);
            disk.rename(target, FILE);
            disk.forceDirectory(DIRECTORY);

            disk.crash();

            assertThat(disk.list(DIRECTORY)).containsExactly(FILE);
            assertThat(disk.bytes(FILE)).as("seed " + seed).hasSize(SECTOR).containsOnly(2);
        }
    }

    @Test
    void aRemovalThatWasNotForcedMayComeUndone() throws IOException {
        Set<Boolean> there = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = diskWith(seed, 1);
            disk.delete(FILE);
            assertThat(disk.exists(FILE)).isFalse();

            disk.crash();

            there.add(disk.exists(FILE));
        }
        assertThat(there).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void aKilledProcessLosesItsFilesAndNoBytes() throws IOException {
        SimulatedDisk disk = diskWith(1, 1);
        DiskFile file = disk.open(FILE);
        file.write(0, sectors(SECTORS, 2));

        disk.killProcess();

        assertThatThrownBy(() -> file.write(0, sectors(1, 3))).isInstanceOf(ClosedChannelException.class);
        assertThat(sectorPattern(disk.bytes(FILE))).isEqualTo("2222");
    }

    @Test
    void powerIsLostAtTheStepThatWasAskedFor() throws IOException {
        SimulatedDisk disk = diskWith(1, 1);
        DiskFile file = disk.open(FILE);
        long before = disk.steps();
        disk.crashAtStep(before + 3);

        file.write(0, sectors(1, 2));
        file.force(true);
        assertThatThrownBy(() -> file.write(SECTOR, sectors(1, 3)))
                .isInstanceOf(SimulatedCrash.class)
                .hasMessageContaining("write " + FILE);
        assertThatThrownBy(() -> file.force(true)).as("until the crash is over").isInstanceOf(SimulatedCrash.class);
        disk.crash();

        assertThat(sectorPattern(disk.bytes(FILE))).startsWith("2").endsWith("11");
        assertThatThrownBy(file::size).isInstanceOf(ClosedChannelException.class);
        disk.open(FILE).force(true);
    }

    @Test
    void theSameSeedLivesTheSameLife() throws IOException {
        Set<String> lives = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            String life = life(seed);
            assertThat(life(seed)).as("seed " + seed).isEqualTo(life);
            lives.add(life);
        }
        assertThat(lives).as("and other seeds live others").hasSizeGreaterThan(10);
    }

    /** Three crashes with writes, failed forces and renames between them, told as text. */
    private static String life(long seed) throws IOException {
        SimulatedDisk disk = diskWith(seed, 1);
        StringBuilder told = new StringBuilder();
        for (int round = 2; round < 5; round++) {
            DiskFile file = disk.open(FILE);
            disk.failNextWrites(1);
            int value = round;
            assertThatIOException().isThrownBy(() -> file.write(0, sectors(SECTORS, value)));
            disk.failNextForces(1);
            assertThatIOException().isThrownBy(() -> file.force(true));
            file.write(SECTOR, sectors(SECTORS, round));
            disk.open(DIRECTORY.resolve("file-" + round));
            disk.crash();
            told.append(disk.list(DIRECTORY)).append(Arrays.hashCode(disk.bytes(FILE)));
        }
        return told.toString();
    }

    /** A disk with one forced file of four sectors full of {@code value}. */
    private static SimulatedDisk diskWith(long seed, int value) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(seed);
        disk.createDirectories(DIRECTORY);
        DiskFile file = disk.open(FILE);
        file.write(0, sectors(SECTORS, value));
        file.force(true);
        disk.forceDirectory(DIRECTORY);
        return disk;
    }

    private static ByteBuffer sectors(int count, int value) {
        byte[] bytes = new byte[count * SECTOR];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    /** One digit per sector; a sector is one value throughout or the test fails. */
    private static String sectorPattern(byte[] bytes) {
        StringBuilder pattern = new StringBuilder();
        for (int from = 0; from < bytes.length; from += SECTOR) {
            byte first = bytes[from];
            assertThat(Arrays.copyOfRange(bytes, from, Math.min(from + SECTOR, bytes.length)))
                    .containsOnly(first);
            pattern.append(first);
        }
        return pattern.toString();
    }
}
