package io.orbitmq.benchmarks.process;

import io.orbitmq.foundation.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OrbitMQ standalone, started through its launcher as a user would. */
public final class OrbitServer implements ServerUnderTest {

    private static final Pattern BROKER_PORT = Pattern.compile("broker[= ]\\S*?:(\\d+)");

    private final Process process;
    private final InetSocketAddress broker;
    private final long readyAfterMs;
    private final Path data;

    private OrbitServer(Process process, InetSocketAddress broker, long readyAfterMs, Path data) {
        this.process = process;
        this.broker = broker;
        this.readyAfterMs = readyAfterMs;
        this.data = data;
    }

    /**
     * Starts servers through the launcher.
     *
     * @param launcher {@code bin/orbitmq}
     * @param heap value of {@code -Xmx}
     */
    public static Starter starter(Clock clock, Path launcher, String heap) {
        return new Starter() {
            @Override
            public String name() {
                return "OrbitMQ";
            }

            @Override
            public ServerUnderTest start(Flush flush) throws IOException {
                return launch(clock, launcher, heap, flush);
            }
        };
    }

    private static ServerUnderTest launch(Clock clock, Path launcher, String heap, Flush flush) throws IOException {
        Path data = FreshDirectory.create("orbitmq");
        ProcessBuilder builder = new ProcessBuilder(
                launcher.toString(),
                "standalone",
                "--data",
                data.toString(),
                "--nameserver-port",
                "0",
                "--broker-port",
                "0",
                "-p",
                "flushDiskType=" + flush);
        builder.environment().put("ORBITMQ_OPTS", "-Xmx" + heap);
        builder.redirectErrorStream(true);
        long start = clock.nanos();
        Process process = builder.start();
        String line = OutputWatch.awaitLine(process, text -> text.contains("ready"));
        Matcher port = BROKER_PORT.matcher(line);
        if (!port.find()) {
            process.destroy();
            throw new IOException("the ready line must name the broker's address, found: " + line);
        }
        return new OrbitServer(
                process,
                new InetSocketAddress("127.0.0.1", Integer.parseInt(port.group(1))),
                OutputWatch.sinceMs(clock, start),
                data);
    }

    @Override
    public InetSocketAddress broker() {
        return broker;
    }

    @Override
    public ProcessUsage usage() throws IOException {
        return ProcessUsage.of(process.pid());
    }

    @Override
    public long readyAfterMs() {
        return readyAfterMs;
    }

    @Override
    public void close() {
        FreshDirectory.stop(process);
        FreshDirectory.delete(data);
    }
}
