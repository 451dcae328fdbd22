package io.orbitmq.server.command;

import java.io.PrintStream;
import picocli.CommandLine.Command;

/** Looks at consumer groups of a running cluster; the work is in the sub-commands. */
@Command(
        name = "orbitmq group",
        description = {"Looks at consumer groups of a running cluster. mqadmin creates, changes and deletes them."},
        subcommands = {GroupSubscriptionsCommand.class})
final class GroupCommand extends CommandGroup {

    GroupCommand(PrintStream out, PrintStream err) {
        super(out, err, "Say what to do: subscriptions GROUP.");
    }
}
