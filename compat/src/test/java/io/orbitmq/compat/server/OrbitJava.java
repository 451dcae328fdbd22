package io.orbitmq.compat.server;

import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.harness.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts OrbitMQ's main class as the launcher does, from the classes under test. */
final class OrbitJava {

    private OrbitJava() {}

    static ChildProcess start(List<String> arguments, Path output) {
        List<String> command = new ArrayList<>(List.of("java", "-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", Workspace.classPath(), "io.orbitmq.server.OrbitMq"));
        command.addAll(arguments);
        ChildProcess process = ChildProcess.start(command, Map.of(), output);
        process.awaitLine(line -> line.contains("ready") || line.contains("boot success"));
        return process;
    }
}
