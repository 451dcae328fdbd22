package io.orbitmq.server.command;

import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.server.config.BrokerDefaults;
import io.orbitmq.server.config.BrokerKeys;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.tools.ForeignLog;
import io.orbitmq.store.tools.ImportedState;
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
            names = {"-c", "--configFile"},
            paramLabel = "FILE",
            description = "Settings of the broker that is to open the store; the log must fit them.")
    private Path configFile;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() throws IOException {
        StoreConfig config = config();
        SystemDisk disk = new SystemDisk();
        ImportedState state = RocketMqStoreImport.read(disk, root);
        ForeignLog log = ForeignLog.look(disk, root, config.commitLogDirectory());
        store.out().print(log.report(config.segmentSizeBytes()));
        store.out().print(state.report());
        return CommandLines.DONE;
    }

    private StoreConfig config() throws IOException {
        Settings settings = configFile == null ? Settings.none() : Settings.readFile(configFile);
        return BrokerKeys.load(
                        settings.overriddenBy(Settings.of("storePathRootDir", root.toString(), "DIR")),
                        new BrokerDefaults("broker", "127.0.0.1", root, ""))
                .config()
                .store();
    }
}
