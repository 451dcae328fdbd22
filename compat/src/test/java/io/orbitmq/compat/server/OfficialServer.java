package io.orbitmq.compat.server;

import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.harness.Ports;
import io.orbitmq.compat.harness.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The official 5.3.3 broker as a process, with a name server of its own unless the plan names others: the reference, a black box. */
final class OfficialServer implements TestServer {

    private static final String HOST = "127.0.0.1";

    private final Path home = Workspace.newDirectory("official");
    private final ServerPlan plan;
    private final String nameserver;
    private final int brokerPort = Ports.freeForBroker();
    private final Optional<TestNameserver> ownNameserver;
    private ChildProcess brokerProcess;
    private int starts;

    OfficialServer(ServerPlan plan) {
        this.plan = plan;
        ownNameserver = plan.nameservers().isPresent() ? Optional.empty() : Optional.of(new OfficialNameserver());
        nameserver =
                ownNameserver.map(TestNameserver::address).or(plan::nameservers).orElseThrow();
        startAgain();
    }

    @Override
    public void startAgain() {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "brokerClusterName", ServerPlan.CLUSTER,
                "brokerName", plan.brokerName(),
                "brokerId", "0",
                "brokerIP1", HOST,
                "listenPort", String.valueOf(brokerPort),
                "storePathRootDir", home.resolve("store").toString(),
                "storePathCommitLog", home.resolve("store/commitlog").toString(),
                "mappedFileSizeCommitLog", String.valueOf(64 << 20)));
        settings.put("namesrvAddr", nameserver);
        settings.put("autoCreateTopicEnable", "true");
        settings.put("enablePropertyFilter", "true");
        settings.putAll(plan.settings());
        Path file = OfficialJava.write(home.resolve("broker.conf"), settings);
        long registrationsBefore = registrations();
        starts++;
        brokerProcess = OfficialJava.start(
                "org.apache.rocketmq.broker.BrokerStartup", file, home.resolve("output-" + starts + ".txt"));
        brokerProcess.awaitLine(line -> line.contains("boot success"));
        // "boot success" comes also when the first registration found no name server ready.
        Awaitility.await("the broker's registration")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> registrations() > registrationsBefore);
    }

    private long registrations() {
        Path log = home.resolve("logs/rocketmqlogs/broker.log");
        if (!Files.exists(log)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("Registering current broker to name server completed"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its store is; the files stay until {@link #close}. */
    Path store() {
        return home.resolve("store");
    }

    /** Ends the broker in order. */
    void stop() {
        brokerProcess.terminate();
    }

    @Override
    public String nameserver() {
        return nameserver;
    }

    @Override
    public String broker() {
        return HOST + ":" + brokerPort;
    }

    @Override
    public String brokerName() {
        return plan.brokerName();
    }

    @Override
    public String clusterName() {
        return ServerPlan.CLUSTER;
    }

    @Override
    public void restart() {
        brokerProcess.terminate();
        startAgain();
    }

    @Override
    public void kill() {
        brokerProcess.kill();
    }

    @Override
    public void close() {
        brokerProcess.close();
        Workspace.discard(home.resolve("store"));
        ownNameserver.ifPresent(TestNameserver::close);
    }
}
