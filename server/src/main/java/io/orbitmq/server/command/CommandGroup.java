package io.orbitmq.server.command;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command that only has commands below it: alone it says what they are, and that is wrong usage. */
abstract class CommandGroup implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;
    private final String advice;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    /** @param advice what to type instead, printed to {@code err} */
    CommandGroup(PrintStream out, PrintStream err, String advice) {
        this.out = out;
        this.err = err;
        this.advice = advice;
    }

    final PrintStream out() {
        return out;
    }

    final PrintStream err() {
        return err;
    }

    @Override
    public final Integer call() {
        err.println(advice);
        return CommandLines.WRONG_USAGE;
    }
}
