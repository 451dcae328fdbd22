package io.orbitmq.server.command;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Works on topics of a running cluster; the work is in the sub-commands. */
@Command(
        name = "orbitmq topic",
        description = {"Works on topics of a running cluster. mqadmin creates, changes and deletes them."},
        subcommands = {TopicDrainCommand.class})
final class TopicCommand implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    TopicCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    @Override
    public Integer call() {
        err.println("Say what to do: drain --from TOPIC --to TOPIC.");
        return CommandLines.WRONG_USAGE;
    }
}
