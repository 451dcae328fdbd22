package io.orbitmq.benchmarks.process;

import io.orbitmq.foundation.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Reads a process's output on a thread of its own, notes when a line came, and drops the rest. */
final class OutputWatch {

    private static final long LIMIT_SECONDS = 120;
    private static final int KEPT_LINES = 40;

    private final Process process;
    private final CompletableFuture<Seen> found = new CompletableFuture<>();

    private OutputWatch(Process process) {
        this.process = process;
    }

    /** Starts to read; the output is read until the process ends. */
    static OutputWatch start(Clock clock, Process process, Predicate<String> wanted) {
        OutputWatch watch = new OutputWatch(process);
        Thread reader = Executors.defaultThreadFactory().newThread(() -> watch.read(clock, wanted));
        reader.setDaemon(true);
        reader.start();
        return watch;
    }

    /** The first line that fits; the process is ended when it does not come in time. */
    Seen await() throws IOException {
        try {
            return found.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("the server was not ready after " + LIMIT_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the server", e);
        }
    }

    private void read(Clock clock, Predicate<String> wanted) {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                if (wanted.test(line)) {
                    found.complete(new Seen(line, clock.nanos()));
                } else if (lines.size() < KEPT_LINES) {
                    lines.add(line);
                }
                line = reader.readLine();
            }
        } catch (IOException e) {
            found.completeExceptionally(new UncheckedIOException(e));
        }
        found.completeExceptionally(
                new IllegalStateException("the server ended before it was ready; it said: " + lines));
    }

    /**
     * A line and when it came.
     *
     * @param atNanos {@link Clock#nanos}
     */
    record Seen(String line, long atNanos) {}
}
