package io.orbitmq.server.command;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.server.demo.BrokerFinder;
import io.orbitmq.server.demo.Demo;
import io.orbitmq.server.demo.DemoPlan;
import io.orbitmq.server.demo.DemoReport;
import io.orbitmq.server.logging.ConsoleLog;
import io.orbitmq.server.node.Scratch;
import io.orbitmq.server.process.ProcessEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends and consumes messages, with the server that runs or one of its own. */
@Command(
        name = "orbitmq demo",
        description = {"Sends and consumes messages, checks each one, and prints rates."})
final class DemoCommand implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock = new SystemClock();

    @Option(names = "--messages", paramLabel = "N", description = "How many messages; default 100000.")
    private int messages = DemoPlan.DEFAULT_MESSAGES;

    @Option(names = "--size", paramLabel = "BYTES", description = "Size of each body; default 256.")
    private int size = DemoPlan.DEFAULT_BODY_BYTES;

    @Option(
            names = {"-n", "--namesrvAddr"},
            paramLabel = "ADDRESS",
            description = "Uses the broker that this nameserver knows; default: the server on this machine's port 9876,"
                    + " or one started for the demonstration.")
    private String nameserver;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    DemoCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        ConsoleLog.onlyWarnings();
        DemoPlan plan;
        try {
            plan = DemoPlan.of(messages, size);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return CommandLines.WRONG_USAGE;
        }
        String asked = Optional.ofNullable(nameserver).orElse(ClusterOptions.DEFAULT_NAMESERVER);
        Optional<String> broker = new BrokerFinder(clock).find(asked);
        if (broker.isPresent()) {
            out.println("Using the broker " + broker.get() + " that the nameserver " + asked + " knows.");
            return report(demo(plan).run(broker.get()), asked, true);
        }
        if (nameserver != null) {
            err.println("Nothing listens at " + nameserver + ". Start a server there, or leave -n away.");
            return CommandLines.FAILED;
        }
        return runOwnServer(plan);
    }

    private int runOwnServer(DemoPlan plan) throws IOException {
        long begun = clock.nanos();
        try (Scratch scratch = Scratch.start()) {
            String storage = Files.getFileStore(scratch.directory()).type().equals("tmpfs")
                    ? ", which is memory and not a disk"
                    : "";
            out.println("No server runs on this machine's port 9876; started one in "
                    + (clock.nanos() - begun) / 1_000_000 + " ms, with data in " + scratch.directory() + storage + ".");
            DemoReport report = demo(plan).run(scratch.standalone().brokerAddress());
            return report(report, ClusterOptions.DEFAULT_NAMESERVER, false);
        }
    }

    private Demo demo(DemoPlan plan) {
        return new Demo(plan, clock, out, new ProcessEnvironment().isTerminal());
    }

    private int report(DemoReport report, String address, boolean running) {
        out.println();
        report.lines().forEach(out::println);
        out.println();
        out.println("What to try next:");
        if (!running) {
            out.println("  bin/orbitmq standalone                 a server that stays; Ctrl-C stops it");
        }
        out.println("  sh mqadmin clusterList -n " + address + "   RocketMQ's tools work with it");
        out.println("  producer.setNamesrvAddr(\"" + address + "\")   so do its clients: any DefaultMQProducer or");
        out.println("                                         DefaultMQPushConsumer");
        out.println("  README.md                              settings, what works and what does not");
        return report.isExactlyOnce() ? CommandLines.DONE : CommandLines.FAILED;
    }
}
