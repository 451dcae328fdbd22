package io.orbitmq.store.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.store.segment.SegmentedLog;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is said of opening a log, and what opening does. */
final class ForeignLogTest {

    private static final Path ROOT = Path.of("/foreign/store");
    private static final Path DIRECTORY = ROOT.resolve("commitlog");
    private static final long SIZE = 65_536;

    private final SimulatedDisk disk = new SimulatedDisk(1);

    @Test
    void saysWhereTheLogIsAndThatItFits() throws IOException {
        segments(SIZE, SIZE, SIZE);

        assertThat(report(SIZE))
                .contains("log               " + DIRECTORY)
                .contains("segments        3")
                .contains("positions       65536 to 262144,")
                .contains("segment size    65536 bytes")
                .contains("opening         as it is, mappedFileSizeCommitLog=65536 fits")
                .containsPattern("disk            \\d+ % full, \\d+ MiB left");
        assertThat(opened(SIZE).segments()).hasSize(3);
    }

    @Test
    void saysThatAnotherSegmentSizeIsRefusedAndWhichIsRight() throws IOException {
        segments(SIZE, SIZE);

        for (long other : new long[] {SIZE / 2, SIZE * 2}) {
            assertThat(report(other))
                    .contains("opening         refuses: segment 00000000000000065536 has 65536 bytes,"
                            + " mappedFileSizeCommitLog=" + other + "; set mappedFileSizeCommitLog=65536,");
            assertThatThrownBy(() -> opened(other)).hasMessageContaining("has 65536 bytes, expected " + other);
        }
    }

    @Test
    void saysThatALogWithAMissingFileIsRefused() throws IOException {
        segments(SIZE, SIZE, SIZE, SIZE);
        disk.delete(DIRECTORY.resolve(name(2)));

        assertThat(report(SIZE)).contains("refuses: segment " + name(2) + " is missing, the next is " + name(3));
        assertThatThrownBy(() -> opened(SIZE)).hasMessageContaining("The log has a gap");
    }

    @Test
    void saysThatALastFileThatIsTooLongIsRefused() throws IOException {
        segments(SIZE, SIZE + 1);

        assertThat(report(SIZE))
                .contains("refuses: segment " + name(2) + " has 65537 bytes")
                .doesNotContain("; set");
        assertThatThrownBy(() -> opened(SIZE)).hasMessageContaining("has 65537 bytes");
    }

    @Test
    void saysThatALastFileThatIsTooShortIsExtended() throws IOException {
        segments(SIZE, 100);

        assertThat(report(SIZE)).contains("extends the last segment: " + name(2) + " has 100 bytes");
        assertThat(opened(SIZE).limitPosition()).isEqualTo(3 * SIZE);
    }

    @Test
    void saysThatTheOnlyFileIsExtendedToALargerSizeAndHowToAvoidIt() throws IOException {
        segments(SIZE);

        assertThat(report(2 * SIZE))
                .contains("extends the last segment: " + name(1) + " has 65536 bytes")
                .contains("; set mappedFileSizeCommitLog=65536,");
        assertThat(opened(2 * SIZE).limitPosition()).isEqualTo(3 * SIZE);
    }

    @Test
    void saysThatALogThatIsNotThereWouldBegin() throws IOException {
        disk.createDirectories(ROOT);

        assertThat(report(SIZE)).contains("segments        0").contains("begins an empty log");
        assertThat(disk.exists(DIRECTORY)).isFalse();
        assertThat(opened(SIZE).segments()).isEmpty();
    }

    private String report(long segmentSizeBytes) throws IOException {
        return ForeignLog.look(disk, ROOT, DIRECTORY).report(segmentSizeBytes);
    }

    private SegmentedLog opened(long segmentSizeBytes) throws IOException {
        return SegmentedLog.open(disk, DIRECTORY, segmentSizeBytes);
    }

    /** From position 65536 on: the first segment expired. */
    private void segments(long... sizes) throws IOException {
        disk.createDirectories(DIRECTORY);
        for (int i = 0; i < sizes.length; i++) {
            try (DiskFile file = disk.open(DIRECTORY.resolve(name(i + 1)))) {
                file.setSize(sizes[i]);
            }
        }
        try (DiskFile other = disk.open(DIRECTORY.resolve("notes.txt"))) {
            other.setSize(1);
        }
    }

    private static String name(int number) {
        return String.format("%020d", number * SIZE);
    }
}
