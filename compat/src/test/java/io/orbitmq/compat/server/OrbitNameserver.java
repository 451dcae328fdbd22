package io.orbitmq.compat.server;

import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.harness.Ports;
import io.orbitmq.compat.harness.Workspace;
import java.nio.file.Path;
import java.util.List;

/** OrbitMQ's name server as a process. */
final class OrbitNameserver implements TestNameserver {

    private final int port = Ports.free();
    private final ChildProcess process;

    OrbitNameserver() {
        Path home = Workspace.newDirectory("nameserver");
        process = OrbitJava.start(
                List.of(
                        "nameserver",
                        "-p",
                        "listenPort=" + port,
                        "-p",
                        "kvConfigPath=" + home.resolve("kvConfig.json"),
                        "-p",
                        "configStorePath=" + home.resolve("namesrv.properties")),
                home.resolve("output.txt"));
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
