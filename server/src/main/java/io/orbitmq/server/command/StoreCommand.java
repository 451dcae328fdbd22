package io.orbitmq.server.command;

import java.io.PrintStream;
import picocli.CommandLine.Command;

/** Looks at store directories; the work is in the sub-commands. */
@Command(
        name = "orbitmq store",
        description = {"Looks at a store directory that no broker has open; changes nothing."},
        subcommands = {StoreVerifyCommand.class, StoreImportCommand.class})
final class StoreCommand extends CommandGroup {

    StoreCommand(PrintStream out, PrintStream err) {
        super(out, err, "Say what to do with the store: verify DIR, or import --dry-run DIR.");
    }
}
