package io.orbitmq.server.command;

import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.server.config.BrokerDefaults;
import io.orbitmq.server.config.SettingsFile;
import io.orbitmq.server.config.StandaloneConfig;
import io.orbitmq.server.node.Standalone;
import io.orbitmq.server.process.Foreground;
import io.orbitmq.server.process.ProcessEnvironment;
import io.orbitmq.transport.server.ListenFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a nameserver and a broker in one process; everything has a default. */
@Command(
        name = "orbitmq standalone",
        description = {"Runs a nameserver and a broker in one process until it is told to stop."})
final class StandaloneCommand implements Callable<Integer> {

    private static final String ORIGIN = "command line";

    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keeps everything in this directory; default ~/.orbitmq/store.")
    private Path data;

    @Option(
            names = "--nameserver-port",
            paramLabel = "N",
            description = "Default 9876; 0 takes a free port and prints it.")
    private int nameserverPort = 9876;

    @Option(
            names = "--broker-port",
            paramLabel = "N",
            description = "Default 10911; 0 takes a free port and prints it. The port two below serves as well.")
    private Integer brokerPort;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    StandaloneCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        ProcessEnvironment environment = new ProcessEnvironment();
        Settings settings = config.settings();
        if (data != null) {
            settings = settings.overriddenBy(Settings.of("storePathRootDir", data.toString(), ORIGIN));
        }
        if (brokerPort != null) {
            settings = settings.overriddenBy(Settings.of("listenPort", brokerPort.toString(), ORIGIN));
        }
        BrokerDefaults machine = new BrokerDefaults(
                "broker-a",
                environment.localAddress(),
                Optional.ofNullable(data)
                        .orElse(environment.userHome().resolve(".orbitmq").resolve("store")),
                "");
        StandaloneConfig loaded = StandaloneConfig.load(settings, nameserverPort, machine);
        if (config.printOnly()) {
            out.print(loaded.broker().asProperties());
            return CommandLines.DONE;
        }
        loaded.broker().advice().forEach(line -> err.println("note: " + line));
        run(loaded);
        return CommandLines.DONE;
    }

    private void run(StandaloneConfig loaded) throws IOException {
        SettingsFile file = new SettingsFile(loaded.broker().effective(), config.file(), new SystemDisk());
        Standalone running;
        try {
            running = Standalone.start(loaded.nameserver(), loaded.broker().config(), file);
        } catch (ListenFailedException e) {
            throw new IOException(
                    e.getMessage()
                            + ". --nameserver-port N and --broker-port N choose other ports, 0 takes a free one.",
                    e);
        }
        Foreground.runUntilStopped(
                running,
                () -> out.println("OrbitMQ is ready: nameserver=" + running.nameserverAddress() + " broker="
                        + running.brokerAddress() + " data="
                        + loaded.broker()
                                .config()
                                .store()
                                .rootDirectory()
                                .toAbsolutePath()
                                .normalize()
                        + new ProcessEnvironment()
                                .age()
                                .map(age -> " startMs=" + age.toMillis())
                                .orElse("")));
    }
}
