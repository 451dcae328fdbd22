package io.orbitmq.compat.server;

import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.harness.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs OrbitMQ's commands that do their work and end, as processes. */
public final class OrbitTool {

    private OrbitTool() {}

    /** Begins a command; its output is {@link ChildProcess#text}. */
    public static ChildProcess start(List<String> arguments) {
        List<String> command = new ArrayList<>(OrbitJava.launcherOrClasses());
        command.addAll(arguments);
        return ChildProcess.start(
                command, Map.of(), Workspace.newDirectory("tool").resolve("output.txt"));
    }
}
