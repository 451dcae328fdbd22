package io.orbitmq.benchmarks.process;

import io.orbitmq.foundation.time.Clock;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The official 5.3.3 nameserver and broker from Maven Central, as two processes: a black box. */
public final class OfficialServer implements ServerUnderTest {

    private static final List<String> EXPORTS = List.of(
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private final Process nameserver;
    private final Process broker;
    private final InetSocketAddress address;
    private final long readyAfterMs;
    private final Path home;

    private OfficialServer(
            Process nameserver, Process broker, InetSocketAddress address, long readyAfterMs, Path home) {
        this.nameserver = nameserver;
        this.broker = broker;
        this.address = address;
        this.readyAfterMs = readyAfterMs;
        this.home = home;
    }

    /**
     * Starts servers from a directory of jars.
     *
     * @param heap value of {@code -Xmx} of the broker
     */
    public static Starter starter(Clock clock, Path jars, String heap) {
        return new Starter() {
            @Override
            public String name() {
                return "official 5.3.3";
            }

            @Override
            public ServerUnderTest start(Flush flush) throws IOException {
                return launch(clock, jars, heap, flush);
            }
        };
    }

    private static ServerUnderTest launch(Clock clock, Path jars, String heap, Flush flush) throws IOException {
        Path home = FreshDirectory.create("official");
        int nameserverPort = freePort();
        int brokerPort = freePort();
        Path nameserverConf = write(home, "namesrv.properties", "listenPort=" + nameserverPort);
        Path brokerConf = write(
                home,
                "broker.conf",
                "brokerClusterName=DefaultCluster",
                "brokerName=broker-a",
                "brokerIP1=127.0.0.1",
                "listenPort=" + brokerPort,
                "namesrvAddr=127.0.0.1:" + nameserverPort,
                "storePathRootDir=" + home.resolve("store"),
                "storePathCommitLog=" + home.resolve("store/commitlog"),
                "flushDiskType=" + flush);
        long start = clock.nanos();
        Process nameserver =
                java(jars, home, "256m", "org.apache.rocketmq.namesrv.NamesrvStartup", "-c", nameserverConf.toString());
        OutputWatch.awaitLine(nameserver, line -> line.contains("boot success"));
        Process broker =
                java(jars, home, heap, "org.apache.rocketmq.broker.BrokerStartup", "-c", brokerConf.toString());
        OutputWatch.awaitLine(broker, line -> line.contains("boot success"));
        return new OfficialServer(
                nameserver,
                broker,
                new InetSocketAddress("127.0.0.1", brokerPort),
                OutputWatch.sinceMs(clock, start),
                home);
    }

    private static Process java(Path jars, Path home, String heap, String main, String... arguments)
            throws IOException {
        String classPath;
        try (Stream<Path> files = Files.list(jars)) {
            classPath = files.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
        }
        List<String> command = new ArrayList<>(List.of("java", "-Xms" + heap, "-Xmx" + heap));
        command.addAll(EXPORTS);
        command.addAll(List.of("-Duser.home=" + home, "-cp", classPath, main));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ROCKETMQ_HOME", home.toString());
        return builder.start();
    }

    private static Path write(Path home, String name, String... lines) throws IOException {
        return Files.write(home.resolve(name), List.of(lines), StandardCharsets.UTF_8);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public InetSocketAddress broker() {
        return address;
    }

    @Override
    public ProcessUsage usage() throws IOException {
        return ProcessUsage.of(broker.pid());
    }

    @Override
    public long readyAfterMs() {
        return readyAfterMs;
    }

    @Override
    public void close() {
        FreshDirectory.stop(broker);
        FreshDirectory.stop(nameserver);
        FreshDirectory.delete(home);
    }
}
