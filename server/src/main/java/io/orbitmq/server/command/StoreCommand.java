package io.orbitmq.server.command;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at store directories; the work is in the sub-commands. */
@Command(
        name = "orbitmq store",
        description = {"Looks at a store directory that no broker has open; changes nothing."},
        subcommands = {StoreVerifyCommand.class, StoreImportCommand.class})
final class StoreCommand implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    StoreCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    PrintStream out() {
        return out;
    }

    @Override
    public Integer call() {
        err.println("Say what to do with the store: verify DIR, or import --dry-run DIR.");
        return CommandLines.WRONG_USAGE;
    }
}
