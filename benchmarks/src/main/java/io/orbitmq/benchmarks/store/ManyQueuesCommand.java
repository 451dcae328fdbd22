package io.orbitmq.benchmarks.store;

import io.orbitmq.benchmarks.Median;
import io.orbitmq.benchmarks.process.FreshDirectory;
import io.orbitmq.benchmarks.process.JavaCommand;
import io.orbitmq.benchmarks.process.PageCacheFill;
import io.orbitmq.store.StoreConfig.FlushMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What many queues cost the store: runs {@link AppendLoad} with 8 queues and with many by turns, each in a process of its own
 * with a heap of 256 MiB, in memory that has been used, and compares the medians of all laps but the first.
 */
@Command(
        name = "queues",
        mixinStandardHelpOptions = true,
        description = "Measures what a store with very many queues does of what it does with 8.")
public final class ManyQueuesCommand implements Callable<Integer> {

    /** The launcher's options for a heap of this size (bin/orbitmq). */
    private static final List<String> JVM =
            List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:NewRatio=4", "-XX:+UseTransparentHugePages");

    private static final double NANOS = 1e9;
    /** A turn for each lap. */
    private static final int LEAST_MESSAGES = AppendLoad.LAPS * AppendLoad.TURN;

    @Option(names = "--rounds", description = "runs of each kind", defaultValue = "5")
    private int rounds;

    @Option(names = "--topics", description = "topics of the store with many queues, 4 each", defaultValue = "100000")
    private int topics;

    @Option(
            names = "--messages",
            description = "messages a run, in five laps, the first of which should last until all is compiled",
            defaultValue = "20000000")
    private int messages;

    @Option(names = "--size", description = "bytes of a body", defaultValue = "128")
    private int bodyBytes;

    @Option(names = "--data", description = "directory for the stores, on the disk to measure", defaultValue = "/tmp")
    private Path scratch;

    @Option(names = "--no-fill", description = "leave free memory free: do not fill it with page cache before a run")
    private boolean withoutFill;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        int status = new CommandLine(new ManyQueuesCommand()).execute(arguments);
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    @Override
    public Integer call() throws IOException {
        requireAtLeast("--rounds", 1, rounds);
        requireAtLeast("--topics", 1, topics);
        requireAtLeast("--messages", LEAST_MESSAGES, messages);
        PrintWriter out = spec.commandLine().getOut();
        Laps few = new Laps("8 queues");
        Laps many = new Laps(String.format(Locale.ROOT, "%,d queues", 4L * topics));
        try (PageCacheFill fill = PageCacheFill.in(scratch)) {
            for (int round = 0; round < rounds; round++) {
                run(few, 2, fill, out);
                run(many, topics, fill, out);
            }
        }
        out.println("| store with | messages/s | ns a message, process | ns a message, appending thread in user mode |"
                + " restart ms, slowest |");
        out.println("|---|---|---|---|---|");
        out.println(few);
        out.println(many);
        out.printf(
                Locale.ROOT,
                "ratio %.2f, aim at least 0.80; slowest restart %.0f ms, aim at most 10,000%n",
                few.wallNanos() / many.wallNanos(),
                many.slowestRestart());
        return 0;
    }

    private void requireAtLeast(String option, int least, int found) {
        if (found < least) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected " + option + " of at least " + least + ", found " + found + "; give a larger one");
        }
    }

    private void run(Laps laps, int topicCount, PageCacheFill fill, PrintWriter out) throws IOException {
        if (!withoutFill) {
            fill.fill();
        }
        Path directory = FreshDirectory.create(scratch, "queues");
        List<String> arguments = List.of(
                directory.toString(),
                String.valueOf(topicCount),
                "4",
                String.valueOf(messages),
                String.valueOf(bodyBytes),
                FlushMode.ASYNC_FLUSH.name());
        Process process = new ProcessBuilder(JavaCommand.ofSameClassPath(JVM, AppendLoad.class, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> {
                out.println(laps.name + ": " + line);
                laps.add(line);
            });
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("expected the run to end with 0, found " + status + "; its messages are above");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a run went on", e);
        } finally {
            process.destroy();
            FreshDirectory.delete(directory);
        }
    }

    /** What {@link AppendLoad} printed of its laps, over all runs. */
    private static final class Laps {

        private final String name;
        private final List<Double> wall = new ArrayList<>();
        private final List<Double> process = new ArrayList<>();
        private final List<Double> threadUser = new ArrayList<>();
        private final List<Double> restarts = new ArrayList<>();

        private Laps(String name) {
            this.name = name;
        }

        private void add(String line) {
            if (line.startsWith("lap=") && !line.startsWith("lap=0 ")) {
                wall.add(value(line, "wallNs"));
                process.add(value(line, "processCpuNs"));
                threadUser.add(value(line, "threadUserNs"));
            } else if (line.startsWith("restart ")) {
                restarts.add(value(line, "ms"));
            }
        }

        private double wallNanos() {
            return Median.of(wall);
        }

        private double slowestRestart() {
            return restarts.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %.0f | %.0f | %.0f |",
                    name,
                    NANOS / wallNanos(),
                    Median.of(process),
                    Median.of(threadUser),
                    slowestRestart());
        }

        private static double value(String line, String name) {
            for (String part : line.split(" ")) {
                if (part.startsWith(name + "=")) {
                    return Double.parseDouble(part.substring(name.length() + 1));
                }
            }
            throw new IllegalArgumentException("expected " + name + "=, found " + line);
        }
    }
}
