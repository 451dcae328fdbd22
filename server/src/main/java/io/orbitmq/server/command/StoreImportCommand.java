package io.orbitmq.server.command;

import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.store.tools.RocketMqStoreImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints what a broker's first start would take over from a store that Apache RocketMQ wrote. */
@Command(
        name = "import",
        description = {
            "Says what a broker's first start in this directory takes over from a store that Apache RocketMQ wrote."
        })
final class StoreImportCommand implements Callable<Integer> {

    @ParentCommand
    private StoreCommand store;

    @Option(names = "--dry-run", required = true, description = "Reads and reports; writes nothing.")
    private boolean dryRun;

    @Parameters(paramLabel = "DIR", description = "The store's root: storePathRootDir.")
    private Path root;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() throws IOException {
        store.out().print(RocketMqStoreImport.read(new SystemDisk(), root).report());
        return CommandLines.DONE;
    }
}
