package io.orbitmq.compat.server;

import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.compat.harness.Ports;
import io.orbitmq.compat.harness.Workspace;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.server.config.BrokerDefaults;
import io.orbitmq.server.config.StandaloneConfig;
import io.orbitmq.server.node.Standalone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** OrbitMQ standalone inside the test process, on ports it chose itself at its first start. */
final class OrbitInProcess implements TestServer {

    private static final String HOST = "127.0.0.1";

    private final Path home = Workspace.newDirectory("inprocess");
    private final ServerPlan plan;
    private Standalone standalone;

    OrbitInProcess(ServerPlan plan) {
        if (plan.nameservers().isPresent()) {
            throw new IllegalArgumentException("a broker that joins other name servers runs as a process");
        }
        this.plan = plan;
        // Not port 0: the VIP channel is two ports below and only opened beside a chosen port.
        start(String.valueOf(Ports.freeForBroker()), 0);
    }

    private void start(String brokerPort, int nameserverPort) {
        Settings settings = setting("listenPort", brokerPort).overriddenBy(setting("brokerName", plan.brokerName()));
        for (Map.Entry<String, String> given : plan.settings().entrySet()) {
            settings = settings.overriddenBy(setting(given.getKey(), given.getValue()));
        }
        StandaloneConfig config = StandaloneConfig.load(
                settings, nameserverPort, new BrokerDefaults(plan.brokerName(), HOST, home.resolve("data"), ""));
        try {
            standalone = Standalone.start(config.nameserver(), config.broker().config(), OperatorSettings.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Settings setting(String key, String value) {
        return Settings.of(key, value, "test");
    }

    @Override
    public String nameserver() {
        return standalone.nameserverAddress();
    }

    @Override
    public String broker() {
        return standalone.brokerAddress();
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
        String brokerPort = broker().substring(broker().lastIndexOf(':') + 1);
        int nameserverPort =
                Integer.parseInt(nameserver().substring(nameserver().lastIndexOf(':') + 1));
        stop();
        start(brokerPort, nameserverPort);
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException("only a process can be killed: TestServers.startProcess");
    }

    @Override
    public void startAgain() {
        throw new UnsupportedOperationException("only a process can be killed: TestServers.startProcess");
    }

    @Override
    public void close() {
        stop();
        Workspace.discard(home);
    }

    private void stop() {
        try {
            standalone.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
