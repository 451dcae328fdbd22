package io.orbitmq.server.command;

import java.io.PrintStream;
import picocli.CommandLine.Command;

/** Works on topics of a running cluster; the work is in the sub-commands. */
@Command(
        name = "orbitmq topic",
        description = {"Works on topics of a running cluster. mqadmin creates, changes and deletes them."},
        subcommands = {TopicDrainCommand.class})
final class TopicCommand extends CommandGroup {

    TopicCommand(PrintStream out, PrintStream err) {
        super(out, err, "Say what to do: drain --from TOPIC --to TOPIC.");
    }
}
