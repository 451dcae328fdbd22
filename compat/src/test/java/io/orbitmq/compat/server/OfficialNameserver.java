package io.orbitmq.compat.server;

import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.harness.Ports;
import io.orbitmq.compat.harness.Workspace;
import java.nio.file.Path;
import java.util.Map;

/** The official 5.3.3 name server as a process. */
final class OfficialNameserver implements TestNameserver {

    private final int port = Ports.free();
    private final ChildProcess process;

    OfficialNameserver() {
        Path home = Workspace.newDirectory("official-nameserver");
        Path file = OfficialJava.write(home.resolve("namesrv.properties"), Map.of("listenPort", String.valueOf(port)));
        process = OfficialJava.start("org.apache.rocketmq.namesrv.NamesrvStartup", file, home.resolve("output.txt"));
        process.awaitLine(line -> line.contains("boot success"));
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.close();
    }
}
