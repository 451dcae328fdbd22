package io.orbitmq.compat.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A process of ours with its output in a file. Closing asks it to end and, if it does not, kills it. */
public final class ChildProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final Path output;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public static ChildProcess start(List<String> command, Map<String, String> environment, Path output) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(output.toFile());
        try {
            return new ChildProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line of output. */
    public String awaitLine(Predicate<String> wanted) {
        return Awaitility.await("a line of " + output)
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> findLine(wanted), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<String> findLine(Predicate<String> wanted) {
        Optional<String> line = text().lines().filter(wanted).findFirst();
        if (line.isEmpty() && !process.isAlive()) {
            throw new IllegalStateException(
                    "the process ended with code " + process.exitValue() + " before the expected line: " + text());
        }
        return line;
    }

    public String text() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(STOP_LIMIT);
    }

    /** Waits for the end and answers the exit code. */
    public int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the process did not end within " + limit + ": " + text());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** Asks it to end as a service supervisor does. */
    public void terminate() {
        process.destroy();
        awaitEnd(STOP_LIMIT);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
