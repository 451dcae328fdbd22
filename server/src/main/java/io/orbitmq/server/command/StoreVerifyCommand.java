package io.orbitmq.server.command;

import io.orbitmq.broker.DelaySettings;
import io.orbitmq.broker.node.BrokerNode;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.store.tools.StoreVerifier;
import io.orbitmq.store.tools.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Checks a store and prints what it found. */
@Command(
        name = "verify",
        description = {
            "Checks every record, every queue, the checkpoints and the indexes.",
            "Exit code 1 when something is wrong."
        })
final class StoreVerifyCommand implements Callable<Integer> {

    @ParentCommand
    private StoreCommand store;

    @Parameters(paramLabel = "DIR", description = "The store's root: storePathRootDir, or --data of standalone.")
    private Path root;

    @Option(names = "--commitlog", paramLabel = "DIR", description = "The log; default commitlog in the root.")
    private Path commitLog;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() throws IOException {
        VerifyReport report = StoreVerifier.verify(
                new SystemDisk(),
                root,
                Optional.ofNullable(commitLog).orElse(root.resolve("commitlog")),
                BrokerNode.emptyTables(DelaySettings.defaults()));
        store.out().print(report.text());
        return report.exitCode();
    }
}
