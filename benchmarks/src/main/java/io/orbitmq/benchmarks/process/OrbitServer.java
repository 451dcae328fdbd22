package io.orbitmq.benchmarks.process;

import io.orbitmq.foundation.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** OrbitMQ standalone, started through its launcher as a user would: nameserver and broker in one process. */
final class OrbitServer implements ServerUnderTest {

    private final ServerProcess process;
    private final InetSocketAddress broker;
    private final String nameserver;
    private final StartTimes startTimes;
    private final Path data;

    private OrbitServer(
            ServerProcess process, InetSocketAddress broker, String nameserver, StartTimes startTimes, Path data) {
        this.process = process;
        this.broker = broker;
        this.nameserver = nameserver;
        this.startTimes = startTimes;
        this.data = data;
    }

    /**
     * Starts servers through the launcher.
     *
     * @param launcher {@code bin/orbitmq}
     * @param heap value of {@code -Xmx}
     * @param scratch directory for the data
     */
    static Starter starter(Clock clock, Path launcher, String heap, Path scratch) {
        return new Starter() {
            @Override
            public String name() {
                return "OrbitMQ";
            }

            @Override
            public void prepare() throws IOException {
                build(launcher, heap);
            }

            @Override
            public ServerUnderTest start(Flush flush) throws IOException {
                return launch(clock, launcher, heap, FreshDirectory.create(scratch, "orbitmq"), flush);
            }
        };
    }

    /** In a source tree the launcher builds after changes; any command makes it do so. */
    private static void build(Path launcher, String heap) throws IOException {
        ProcessBuilder builder = command(launcher, heap, "version");
        Process version = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            int status = version.waitFor();
            if (status != 0) {
                throw new IOException(
                        "'" + launcher + " version' ended with " + status + "; run it by hand to see why");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            version.destroy();
            throw new IOException("interrupted while " + launcher + " was building", e);
        }
    }

    private static ServerUnderTest launch(Clock clock, Path launcher, String heap, Path data, Flush flush)
            throws IOException {
        int nameserverPort = FreePorts.one();
        int brokerPort = FreePorts.forBroker();
        ProcessBuilder builder = command(
                launcher,
                heap,
                "standalone",
                "--data",
                data.toString(),
                "--nameserver-port",
                String.valueOf(nameserverPort),
                "--broker-port",
                String.valueOf(brokerPort),
                "-p",
                "brokerIP1=127.0.0.1",
                "-p",
                "flushDiskType=" + flush);
        InetSocketAddress broker = new InetSocketAddress("127.0.0.1", brokerPort);
        ServerProcess process = ServerProcess.start(clock, builder, line -> line.contains("ready"));
        try {
            StartTimes times = process.awaitBroker(broker, process.startNanos());
            return new OrbitServer(process, broker, "127.0.0.1:" + nameserverPort, times, data);
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    private static ProcessBuilder command(Path launcher, String heap, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("ORBITMQ_OPTS", "-Xmx" + heap);
        return builder;
    }

    @Override
    public InetSocketAddress broker() {
        return broker;
    }

    @Override
    public String nameserver() {
        return nameserver;
    }

    @Override
    public ProcessUsage usage() throws IOException {
        return process.usage();
    }

    @Override
    public StartTimes startTimes() {
        return startTimes;
    }

    @Override
    public void close() {
        process.close();
        FreshDirectory.delete(data);
    }
}
