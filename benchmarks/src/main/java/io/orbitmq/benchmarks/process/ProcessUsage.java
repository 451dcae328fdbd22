package io.orbitmq.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process's consumption as Linux counts it.
 *
 * @param cpuNanos user and system time so far
 * @param residentBytes resident memory, file pages included
 * @param anonymousBytes resident memory that no file backs
 */
public record ProcessUsage(long cpuNanos, long residentBytes, long anonymousBytes) {

    private static final int UTIME_FIELD = 11;
    private static final long NANOS_PER_TICK = 10_000_000L;

    /** Reads {@code /proc}; the resolution of CPU time is 10 ms. */
    public static ProcessUsage of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.UTF_8);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[UTIME_FIELD]) + Long.parseLong(fields[UTIME_FIELD + 1]);
        long resident = 0;
        long anonymous = 0;
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"), StandardCharsets.UTF_8)) {
            if (line.startsWith("VmRSS:")) {
                resident = kibibytes(line);
            } else if (line.startsWith("RssAnon:")) {
                anonymous = kibibytes(line);
            }
        }
        return new ProcessUsage(ticks * NANOS_PER_TICK, resident, anonymous);
    }

    private static long kibibytes(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    }
}
