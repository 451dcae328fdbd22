package io.orbitmq.benchmarks.compare;

import io.orbitmq.foundation.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Where and when figures were measured. */
final class Machine {

    private static final long GIB_KIB = 1 << 20;

    private Machine() {}

    /** Facts by name, in the order they are told. */
    static Map<String, String> describe(Clock clock, Path scratch) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "date",
                Instant.ofEpochMilli(clock.epochMs())
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString());
        facts.put("commit", commit());
        facts.put(
                "cores",
                Runtime.getRuntime().availableProcessors() + " (" + value("/proc/cpuinfo", "model name") + ")");
        facts.put("memory", memoryGib() + " GiB");
        facts.put("Java", Runtime.version().toString());
        facts.put(
                "data on", Files.getFileStore(Files.createDirectories(scratch)).type());
        return facts;
    }

    private static String commit() {
        String head = output("git", "rev-parse", "--short", "HEAD");
        boolean changed =
                !output("git", "status", "--porcelain", "--untracked-files=no").isEmpty();
        return head.isEmpty() ? "unknown" : head + (changed ? " with changes" : "");
    }

    /** What a command prints, or nothing when it is not there or fails. */
    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static long memoryGib() throws IOException {
        String digits = value("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Math.round((double) Long.parseLong(digits) / GIB_KIB);
    }

    private static String value(String file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
