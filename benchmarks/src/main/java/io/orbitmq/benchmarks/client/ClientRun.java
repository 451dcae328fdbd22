package io.orbitmq.benchmarks.client;

import io.orbitmq.benchmarks.load.LoadGenerator;
import io.orbitmq.benchmarks.load.StoredCount;
import io.orbitmq.benchmarks.process.FreshDirectory;
import io.orbitmq.benchmarks.process.JavaCommand;
import io.orbitmq.benchmarks.process.ProcessUsage;
import io.orbitmq.benchmarks.process.ServerUnderTest;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One run of the official client in a process of its own.
 *
 * @param jars directory of the client's jars
 * @param scratch where the client may write its logs
 * @param load what the client does
 */
public record ClientRun(Clock clock, Path jars, Path scratch, Load load) {

    private static final int QUEUES = 8;

    /** Creates the topics, runs the client and waits for its end. */
    public ClientResult run(ServerUnderTest server) throws IOException {
        if (!Files.isDirectory(jars)) {
            throw new IOException("expected the official client's jars in " + jars + ", found no such directory; run"
                    + " bin/orbitmq-bench, which fetches them");
        }
        LoadGenerator topics = new LoadGenerator(clock, server.broker());
        topics.createTopics(List.of(ClientLoad.WARM_TOPIC, ClientLoad.TOPIC), QUEUES);
        Path home = FreshDirectory.create(scratch, "client");
        Process process = new ProcessBuilder(command(server, home))
                .redirectErrorStream(true)
                .start();
        try {
            ClientResult result = read(process, server);
            StoredCount count = topics.storedCount(ClientLoad.TOPIC, QUEUES, result.messages());
            return result.withStored(count.stored());
        } finally {
            process.destroyForcibly();
            FreshDirectory.delete(home);
        }
    }

    private List<String> command(ServerUnderTest server, Path home) throws IOException {
        String ours = JavaCommand.homesOf(ClientLoad.class, SystemClock.class, Histogram.class);
        return JavaCommand.of(
                List.of(
                        "-Xmx512m",
                        "-Duser.home=" + home,
                        "-Drocketmq.client.logLevel=ERROR",
                        "-Drocketmq.log.level=ERROR"),
                ours + File.pathSeparator + JavaCommand.jarsIn(jars),
                ClientLoad.class.getName(),
                List.of(
                        server.nameserver(),
                        load.mode().name(),
                        String.valueOf(load.size()),
                        String.valueOf(load.warmTime().toMillis()),
                        String.valueOf(load.time().toMillis())));
    }

    private static ClientResult read(Process process, ServerUnderTest server) throws IOException {
        StringBuilder other = new StringBuilder();
        ProcessUsage brokerBefore = server.usage();
        long clientBefore = 0;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals(ClientLoad.MEASURING)) {
                    brokerBefore = server.usage();
                    clientBefore = ProcessUsage.of(process.pid()).cpuNanos();
                } else if (line.startsWith(ClientLoad.MEASURED)) {
                    ProcessUsage brokerAfter = server.usage();
                    long clientCpu = ProcessUsage.of(process.pid()).cpuNanos() - clientBefore;
                    return ClientResult.parse(
                            line.substring(ClientLoad.MEASURED.length()), brokerBefore, brokerAfter, clientCpu);
                } else if (other.length() < 4000) {
                    other.append(line).append('\n');
                }
            }
        }
        throw new IOException("the official client ended without figures; it said:\n" + other);
    }

    /**
     * What the client does.
     *
     * @param size see {@link ClientMode}
     * @param warmTime before it is measured
     * @param time measured
     */
    public record Load(ClientMode mode, int size, Duration warmTime, Duration time) {}
}
