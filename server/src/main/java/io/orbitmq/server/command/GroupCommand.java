package io.orbitmq.server.command;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at consumer groups of a running cluster; the work is in the sub-commands. */
@Command(
        name = "orbitmq group",
        description = {"Looks at consumer groups of a running cluster. mqadmin creates, changes and deletes them."},
        subcommands = {GroupSubscriptionsCommand.class})
final class GroupCommand implements Callable<Integer> {

    static final String DEFAULT_NAMESERVER = "127.0.0.1:9876";

    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    GroupCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    PrintStream out() {
        return out;
    }

    @Override
    public Integer call() {
        err.println("Say what to do: subscriptions GROUP.");
        return CommandLines.WRONG_USAGE;
    }
}
