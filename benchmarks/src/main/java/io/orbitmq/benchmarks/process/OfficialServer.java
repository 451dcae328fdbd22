package io.orbitmq.benchmarks.process;

import io.orbitmq.foundation.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The official 5.3.3 nameserver and broker from Maven Central, as two processes: a black box with its own defaults. */
final class OfficialServer implements ServerUnderTest {

    private static final List<String> EXPORTS = List.of(
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private final ServerProcess nameserverProcess;
    private final ServerProcess brokerProcess;
    private final Addresses addresses;
    private final StartTimes startTimes;
    private final Path home;

    private OfficialServer(
            ServerProcess nameserverProcess,
            ServerProcess brokerProcess,
            Addresses addresses,
            StartTimes startTimes,
            Path home) {
        this.nameserverProcess = nameserverProcess;
        this.brokerProcess = brokerProcess;
        this.addresses = addresses;
        this.startTimes = startTimes;
        this.home = home;
    }

    /**
     * Starts servers from a directory of jars.
     *
     * @param heap value of {@code -Xms} and {@code -Xmx} of the broker
     * @param scratch directory for the data
     */
    static Starter starter(Clock clock, Path jars, String heap, Path scratch) {
        return new Starter() {
            @Override
            public String name() {
                return "official 5.3.3";
            }

            @Override
            public void prepare() throws IOException {
                if (!Files.isDirectory(jars)) {
                    throw new IOException("expected the official jars in " + jars + ", found no such directory; run"
                            + " bin/orbitmq-bench, which fetches them, or: mvn -pl compat/official/server-5.3.3 -am"
                            + " process-test-classes");
                }
            }

            @Override
            public ServerUnderTest start(Flush flush) throws IOException {
                return launch(clock, JavaCommand.jarsIn(jars), heap, FreshDirectory.create(scratch, "official"), flush);
            }
        };
    }

    private static ServerUnderTest launch(Clock clock, String classPath, String heap, Path home, Flush flush)
            throws IOException {
        int nameserverPort = FreePorts.one();
        int brokerPort = FreePorts.forBroker();
        Addresses addresses =
                new Addresses("127.0.0.1:" + nameserverPort, new InetSocketAddress("127.0.0.1", brokerPort));
        Path nameserverConf = write(home, "namesrv.properties", "listenPort=" + nameserverPort);
        Path brokerConf = write(
                home,
                "broker.conf",
                "brokerClusterName=DefaultCluster",
                "brokerName=broker-a",
                "brokerIP1=127.0.0.1",
                "listenPort=" + brokerPort,
                "namesrvAddr=" + addresses.nameserver(),
                "storePathRootDir=" + home.resolve("store"),
                "storePathCommitLog=" + home.resolve("store/commitlog"),
                "flushDiskType=" + flush);
        ServerProcess nameserver = start(
                clock, java(classPath, home, "256m", "org.apache.rocketmq.namesrv.NamesrvStartup", nameserverConf));
        try {
            nameserver.awaitReady();
            ServerProcess broker =
                    start(clock, java(classPath, home, heap, "org.apache.rocketmq.broker.BrokerStartup", brokerConf));
            try {
                StartTimes times = broker.awaitBroker(addresses.broker(), nameserver.startNanos());
                return new OfficialServer(nameserver, broker, addresses, times, home);
            } catch (IOException e) {
                broker.close();
                throw e;
            }
        } catch (IOException e) {
            nameserver.close();
            throw e;
        }
    }

    private static ServerProcess start(Clock clock, ProcessBuilder builder) throws IOException {
        return ServerProcess.start(clock, builder, line -> line.contains("boot success"));
    }

    private static ProcessBuilder java(String classPath, Path home, String heap, String main, Path configuration) {
        List<String> options = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap));
        options.addAll(EXPORTS);
        options.add("-Duser.home=" + home);
        ProcessBuilder builder =
                new ProcessBuilder(JavaCommand.of(options, classPath, main, List.of("-c", configuration.toString())));
        builder.environment().put("ROCKETMQ_HOME", home.toString());
        return builder;
    }

    private static Path write(Path home, String name, String... lines) throws IOException {
        return Files.write(home.resolve(name), List.of(lines), StandardCharsets.UTF_8);
    }

    @Override
    public InetSocketAddress broker() {
        return addresses.broker();
    }

    @Override
    public String nameserver() {
        return addresses.nameserver();
    }

    @Override
    public ProcessUsage usage() throws IOException {
        return brokerProcess.usage();
    }

    @Override
    public StartTimes startTimes() {
        return startTimes;
    }

    @Override
    public void close() {
        brokerProcess.close();
        nameserverProcess.close();
        FreshDirectory.delete(home);
    }

    private record Addresses(String nameserver, InetSocketAddress broker) {}
}
