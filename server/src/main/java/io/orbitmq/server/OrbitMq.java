package io.orbitmq.server;

import io.orbitmq.server.command.CommandLines;

/** The main class: {@code orbitmq standalone | nameserver | broker | demo | store | version}. */
public final class OrbitMq {

    private OrbitMq() {}

    /** Runs one command and ends the process with its exit code (docs/ARCHITECTURE.md lists them). */
    public static void main(String[] arguments) {
        System.exit(CommandLines.run(arguments));
    }
}
