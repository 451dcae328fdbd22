package io.orbitmq.compat.server;

import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.harness.Ports;
import io.orbitmq.compat.harness.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** OrbitMQ as a process: standalone, or a broker alone when the plan names name servers. */
final class OrbitProcess implements TestServer {

    private static final String HOST = "127.0.0.1";

    private final Path home = Workspace.newDirectory("orbitmq");
    private final ServerPlan plan;
    private final int nameserverPort = Ports.free();
    private final int brokerPort = Ports.freeForBroker();
    private ChildProcess process;
    private int starts;

    OrbitProcess(ServerPlan plan) {
        this.plan = plan;
        startAgain();
    }

    @Override
    public void startAgain() {
        List<String> arguments = new ArrayList<>();
        Map<String, String> settings = new TreeMap<>(Map.of("brokerIP1", HOST, "brokerName", plan.brokerName()));
        String data = home.resolve("data").toString();
        if (plan.nameservers().isPresent()) {
            arguments.addAll(List.of("broker", "-n", plan.nameservers().get()));
            settings.put("listenPort", String.valueOf(brokerPort));
            settings.put("storePathRootDir", data);
        } else {
            arguments.addAll(List.of("standalone", "--data", data));
            arguments.addAll(List.of("--nameserver-port", String.valueOf(nameserverPort)));
            arguments.addAll(List.of("--broker-port", String.valueOf(brokerPort)));
        }
        settings.putAll(plan.settings());
        settings.forEach((key, value) -> arguments.addAll(List.of("-p", key + "=" + value)));
        starts++;
        process = OrbitJava.start(arguments, home.resolve("output-" + starts + ".txt"));
    }

    @Override
    public String nameserver() {
        return plan.nameservers().orElse(HOST + ":" + nameserverPort);
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
        process.terminate();
        startAgain();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
        Workspace.discard(home.resolve("data"));
    }
}
