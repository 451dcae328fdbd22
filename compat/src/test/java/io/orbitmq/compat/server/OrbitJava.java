package io.orbitmq.compat.server;

import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.harness.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts OrbitMQ's commands: the main class from the classes under test, or the launcher if the build asks for it. */
final class OrbitJava {

    private static final String HEAP = "-Xmx256m";

    private OrbitJava() {}

    static ChildProcess start(List<String> arguments, Path output) {
        List<String> command = new ArrayList<>(launcherOrClasses());
        command.addAll(arguments);
        ChildProcess process = ChildProcess.start(command, Map.of("ORBITMQ_OPTS", HEAP), output);
        process.awaitLine(line -> line.contains("ready") || line.contains("boot success"));
        return process;
    }

    static List<String> launcherOrClasses() {
        if (Workspace.property("compat.server").equals("launcher")) {
            return List.of(Workspace.project().resolve("bin/orbitmq").toString());
        }
        return List.of("java", HEAP, "-XX:+UseSerialGC", "-cp", Workspace.classPath(), "io.orbitmq.server.OrbitMq");
    }
}
