package io.orbitmq.server.command;

import io.orbitmq.server.process.ProcessEnvironment;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the release and the Java it runs on. */
@Command(
        name = "orbitmq version",
        description = {"Prints the release of OrbitMQ and the Java it runs on."})
final class VersionCommand implements Callable<Integer> {

    private final PrintStream out;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    VersionCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        String release = Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        out.println("OrbitMQ " + release + ", Java " + new ProcessEnvironment().javaVersion());
        return CommandLines.DONE;
    }
}
