package io.orbitmq.server.command;

import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.nameserver.config.LoadedNameserver;
import io.orbitmq.nameserver.config.NameserverConfig;
import io.orbitmq.nameserver.config.NameserverKeys;
import io.orbitmq.server.node.RunningNameserver;
import io.orbitmq.server.process.Foreground;
import io.orbitmq.server.process.ProcessEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a nameserver; options, files and output as RocketMQ's (protocol/15 sections 1 and 2). */
@Command(
        name = "orbitmq nameserver",
        description = {"Runs a nameserver until it is told to stop."})
final class NameserverCommand implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(
            names = {"-n", "--namesrvAddr"},
            paramLabel = "ADDRESSES",
            description = "Accepted and without effect: nameservers do not know each other.")
    private String nameservers = "";

    NameserverCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        Path directory = new ProcessEnvironment().userHome().resolve("namesrv");
        NameserverConfig defaults = NameserverConfig.defaults(directory);
        NameserverConfig.Files files = new NameserverConfig.Files(
                defaults.files().kvConfig(),
                config.file().orElse(defaults.files().configStore()));
        LoadedNameserver loaded = NameserverKeys.load(
                config.settings(),
                new NameserverConfig(defaults.network(), files, defaults.brokers(), defaults.answers()));
        if (config.printOnly()) {
            out.print(loaded.asProperties());
            return CommandLines.DONE;
        }
        loaded.advice().forEach(line -> err.println("note: " + line));
        config.file().ifPresent(file -> out.println("load config properties file OK, " + file));
        RunningNameserver running = RunningNameserver.start(loaded, new SystemClock());
        Foreground.runUntilStopped(
                running,
                () -> out.println("The Name Server boot success. serializeType=JSON, address "
                        + loaded.config().network().bindAddress() + ":" + running.port()));
        return CommandLines.DONE;
    }
}
