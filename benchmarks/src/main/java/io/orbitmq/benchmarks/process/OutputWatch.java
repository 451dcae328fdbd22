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

/** Reads a process's output on a thread of its own and waits for a line. */
final class OutputWatch {

    private static final long LIMIT_SECONDS = 90;
    private static final int KEPT_LINES = 40;

    private OutputWatch() {}

    /** The first line that fits; the rest of the output is read and dropped until the process ends. */
    static String awaitLine(Process process, Predicate<String> wanted) throws IOException {
        CompletableFuture<String> found = new CompletableFuture<>();
        Thread reader = Executors.defaultThreadFactory().newThread(() -> read(process, wanted, found));
        reader.setDaemon(true);
        reader.start();
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

    private static void read(Process process, Predicate<String> wanted, CompletableFuture<String> found) {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                if (wanted.test(line)) {
                    found.complete(line);
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

    /** Milliseconds since {@code startNanos}. */
    static long sinceMs(Clock clock, long startNanos) {
        return (clock.nanos() - startNanos) / 1_000_000L;
    }
}
