package io.orbitmq.compat.server;

import io.orbitmq.compat.harness.Workspace;

/** Starts the server the build asked for with {@code -Dcompat.server}. */
public final class TestServers {

    private enum Kind {
        /** OrbitMQ inside this process, and as a process where a test kills it. */
        ORBITMQ,
        /** OrbitMQ as a process always, started by its main class or by {@code bin/orbitmq}. */
        PROCESS,
        /** The official 5.3.3 server, to check the scenarios themselves. */
        OFFICIAL
    }

    private TestServers() {}

    /** The server under test. */
    public static TestServer start(ServerPlan plan) {
        return switch (kind()) {
            case ORBITMQ -> new OrbitInProcess(plan);
            case PROCESS -> new OrbitProcess(plan);
            case OFFICIAL -> new OfficialServer(plan);
        };
    }

    /** The server under test as a process of its own. */
    public static TestServer startProcess(ServerPlan plan) {
        return kind() == Kind.OFFICIAL ? new OfficialServer(plan) : new OrbitProcess(plan);
    }

    /** A name server alone, as a process. */
    public static TestNameserver startNameserver() {
        return kind() == Kind.OFFICIAL ? new OfficialNameserver() : new OrbitNameserver();
    }

    /** Whether the reference is under test, which does not do what is better here. */
    public static boolean isOfficial() {
        return kind() == Kind.OFFICIAL;
    }

    private static Kind kind() {
        return switch (Workspace.property("compat.server")) {
            case "orbitmq" -> Kind.ORBITMQ;
            case "process", "launcher" -> Kind.PROCESS;
            case "official" -> Kind.OFFICIAL;
            default ->
                throw new IllegalStateException(
                        "expected compat.server to be orbitmq, process, launcher or official, found "
                                + Workspace.property("compat.server"));
        };
    }
}
