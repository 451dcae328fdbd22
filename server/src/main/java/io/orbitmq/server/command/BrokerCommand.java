package io.orbitmq.server.command;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.server.config.BrokerDefaults;
import io.orbitmq.server.config.BrokerKeys;
import io.orbitmq.server.config.LoadedConfig;
import io.orbitmq.server.config.SettingsFile;
import io.orbitmq.server.node.RunningBroker;
import io.orbitmq.server.process.Foreground;
import io.orbitmq.server.process.ProcessEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a broker; options, keys and output as RocketMQ's (protocol/15 sections 1 and 2). */
@Command(
        name = "orbitmq broker",
        description = {"Runs a broker until it is told to stop."})
final class BrokerCommand implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(
            names = {"-n", "--namesrvAddr"},
            paramLabel = "ADDRESSES",
            description = "Nameservers, host:port separated by ';'; beats namesrvAddr and environment NAMESRV_ADDR.")
    private String nameservers;

    BrokerCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = config.settings();
        if (nameservers != null) {
            settings = settings.overriddenBy(Settings.of("namesrvAddr", nameservers, "-n"));
        }
        ProcessEnvironment environment = new ProcessEnvironment();
        LoadedConfig<BrokerConfig> loaded = BrokerKeys.load(
                settings,
                new BrokerDefaults(
                        environment.hostName().orElse("DEFAULT_BROKER"),
                        environment.localAddress(),
                        environment.userHome().resolve("store"),
                        environment.variable("NAMESRV_ADDR").orElse("")));
        if (config.printOnly()) {
            out.print(loaded.asProperties());
            return CommandLines.DONE;
        }
        loaded.advice().forEach(line -> err.println("note: " + line));
        config.file().ifPresent(file -> out.println("load config properties file OK, " + file));
        RunningBroker running = RunningBroker.start(
                loaded.config(), new SettingsFile(loaded.effective(), config.file(), new SystemDisk()));
        List<String> addresses = loaded.config().nameservers().addresses();
        Foreground.runUntilStopped(
                running,
                () -> out.println("The broker[" + loaded.config().identity().brokerName() + ", " + running.address()
                        + "] boot success. serializeType=JSON"
                        + (addresses.isEmpty() ? "" : " and name server is " + String.join(";", addresses))));
        return CommandLines.DONE;
    }
}
