package io.orbitmq.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageCacheFillTest {

    @TempDir
    private Path directory;

    @Test
    void fillsAllButARestAndLeavesNoFileBehind() throws IOException {
        long least = PageCacheFill.LEAST_FILL_BYTES;

        try (PageCacheFill fill = PageCacheFill.in(directory.resolve("scratch"), free(least))) {
            assertThat(fill.fill()).isEqualTo(least);
            assertThat(directory.resolve("scratch")).isEmptyDirectory();
        }
    }

    @Test
    void leavesLittleFreeMemoryAsItIs() throws IOException {
        try (PageCacheFill fill = PageCacheFill.in(directory, free(PageCacheFill.LEAST_FILL_BYTES - 4096))) {
            assertThat(fill.fill()).isZero();
        }
    }

    @Test
    void doesNothingWhereTheMachineDoesNotTellItsFreeMemory() throws IOException {
        try (PageCacheFill fill = PageCacheFill.in(directory, directory.resolve("absent"))) {
            assertThat(fill.isPossible()).isFalse();
            assertThat(fill.fill()).isZero();
        }
    }

    /** A machine with so much free memory beyond the rest. */
    private Path free(long bytes) throws IOException {
        long kibibytes = (PageCacheFill.LEFT_FREE_BYTES + bytes) >> 10;
        return Files.writeString(
                directory.resolve("meminfo"),
                "MemTotal:       99999999 kB\nMemFree:        " + kibibytes + " kB\nBuffers: 1 kB\n",
                StandardCharsets.UTF_8);
    }
}
