package io.orbitmq.benchmarks.store;

import io.orbitmq.benchmarks.process.JavaCommand;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.StoreConfig.FlushMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a start takes after a crash, by the size of the log. Arguments: an empty directory, MiB of log, bytes of a body.
 * A process of its own appends until the log is that long and is killed while it goes on; then the store is opened.
 */
public final class RecoveryLoad {

    private static final long SEGMENT_BYTES = 1L << 30;
    private static final int QUEUES = 64;
    private static final int TURN = 32;
    private static final String REACHED = "reached";

    private RecoveryLoad() {}

    /** Runs the measurement; see the class. With a fourth argument it is the process to be killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path root = Path.of(arguments[0]);
        if (arguments.length > 3) {
            fill(root, Long.parseLong(arguments[1]) << 20, Integer.parseInt(arguments[2]));
            return;
        }
        Clock clock = new SystemClock();
        long start = clock.nanos();
        killWhenFull(arguments);
        System.out.printf("filled MiB=%s seconds=%.1f%n", arguments[1], (clock.nanos() - start) / 1e9);
        start = clock.nanos();
        try (MeasuredStore measured = new MeasuredStore(root, FlushMode.ASYNC_FLUSH, SEGMENT_BYTES)) {
            double seconds = (clock.nanos() - start) / 1e9;
            System.out.printf(
                    "recovered MiB=%d seconds=%.2f%n", measured.store().status().writtenPosition() >> 20, seconds);
        }
        start = clock.nanos();
        try (MeasuredStore measured = new MeasuredStore(root, FlushMode.ASYNC_FLUSH, SEGMENT_BYTES)) {
            double seconds = (clock.nanos() - start) / 1e9;
            System.out.printf(
                    "restarted MiB=%d seconds=%.2f%n", measured.store().status().writtenPosition() >> 20, seconds);
        }
    }

    private static void killWhenFull(String[] arguments) throws IOException, InterruptedException {
        Process filling = new ProcessBuilder(JavaCommand.ofSameClassPath(
                        List.of("-Xmx256m"),
                        RecoveryLoad.class,
                        List.of(arguments[0], arguments[1], arguments[2], "fill")))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(filling.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            if (!REACHED.equals(line)) {
                throw new IOException("expected the filling process to say '" + REACHED + "', found '" + line + "'");
            }
        } finally {
            filling.destroyForcibly().waitFor();
        }
    }

    private static void fill(Path root, long bytes, int bodyBytes) throws IOException {
        try (MeasuredStore measured = new MeasuredStore(root, FlushMode.ASYNC_FLUSH, SEGMENT_BYTES)) {
            MessageStore store = measured.store();
            DraftSource drafts = new DraftSource(bodyBytes, 0);
            LogQueue[] queues = new LogQueue[QUEUES];
            for (int i = 0; i < QUEUES; i++) {
                queues[i] = store.queue("topic", i);
            }
            boolean told = false;
            for (int i = 0; ; i++) {
                if (!(store.append(queues[i % QUEUES], drafts.next()) instanceof Appended appended)) {
                    LockSupport.parkNanos(1_000_000);
                } else if (!told && appended.endPosition() >= bytes) {
                    System.out.println(REACHED);
                    System.out.flush();
                    told = true;
                }
                if (i % TURN == 0) {
                    store.endTurn();
                }
            }
        }
    }
}
