package io.orbitmq.server.command;

import io.orbitmq.foundation.config.ConfigException;
import io.orbitmq.foundation.config.Nearness;
import io.orbitmq.server.cluster.ClusterFailedException;
import io.orbitmq.server.demo.DemoFailedException;
import io.orbitmq.server.process.HeadStart;
import io.orbitmq.transport.server.ListenFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Finds the sub-command and runs it. Stateless. */
public final class CommandLines {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private static final Set<String> SERVERS = Set.of("standalone", "broker", "nameserver");

    private static final String USAGE = """
            Usage: orbitmq COMMAND [options]

              standalone       nameserver and broker in one process; needs no configuration
              nameserver       a nameserver, as RocketMQ's mqnamesrv
              broker           a broker, as RocketMQ's mqbroker
              demo             sends and consumes messages and shows how fast
              topic            forwards a topic's messages to another topic (drain)
              group            shows what the consumers of a group subscribed to (subscriptions)
              store            checks a store directory (verify, import --dry-run)
              version          the release and the Java it runs on

            orbitmq COMMAND --help tells the options of a command. README.md has examples.
            """;

    private CommandLines() {}

    /** Runs the command named by the first argument; messages go to standard output and standard error. */
    public static int run(String[] arguments) {
        return run(arguments, System.out, System.err);
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        String name = arguments.length == 0 ? "--help" : arguments[0];
        if (name.equals("--help") || name.equals("-h") || name.equals("help")) {
            out.print(USAGE);
            return DONE;
        }
        Map<String, Supplier<Callable<Integer>>> commands = commands(out, err);
        Supplier<Callable<Integer>> command = commands.get(name.equals("--version") ? "version" : name);
        if (command == null) {
            Optional<String> near = Nearness.nearest(name, commands.keySet());
            err.println("There is no command '" + name + "'."
                    + near.map(word -> " Did you mean " + word + "?").orElse(""));
            err.print(USAGE);
            return WRONG_USAGE;
        }
        if (SERVERS.contains(name)) {
            HeadStart.begin();
        }
        String[] options = new String[arguments.length - 1];
        System.arraycopy(arguments, 1, options, 0, options.length);
        return execute(command.get(), options, out, err);
    }

    private static Map<String, Supplier<Callable<Integer>>> commands(PrintStream out, PrintStream err) {
        Map<String, Supplier<Callable<Integer>>> commands = new LinkedHashMap<>();
        commands.put("standalone", () -> new StandaloneCommand(out, err));
        commands.put("broker", () -> new BrokerCommand(out, err));
        commands.put("demo", () -> new DemoCommand(out, err));
        commands.put("store", () -> new StoreCommand(out, err));
        commands.put("topic", () -> new TopicCommand(out, err));
        commands.put("group", () -> new GroupCommand(out, err));
        commands.put("prepare-archive", () -> new PrepareArchiveCommand(out));
        commands.put("nameserver", () -> new NameserverCommand(out, err));
        commands.put("version", () -> new VersionCommand(out));
        return commands;
    }

    private static int execute(Callable<Integer> command, String[] options, PrintStream out, PrintStream err) {
        try {
            return options.length == 0 ? command.call() : parseAndCall(command, options, out);
        } catch (ParameterException e) {
            err.println(e.getMessage());
            e.getCommandLine().usage(err);
            return WRONG_USAGE;
        } catch (ConfigException e) {
            e.faults().forEach(fault -> err.println("orbitmq: " + fault));
            return FAILED;
        } catch (IOException | ListenFailedException | DemoFailedException | ClusterFailedException e) {
            err.println("orbitmq: " + e.getMessage());
            return FAILED;
        } catch (Exception e) {
            err.println("An error nobody expected ended the command; please report it with the lines below.");
            e.printStackTrace(err);
            return FAILED;
        }
    }

    private static int parseAndCall(Callable<Integer> command, String[] options, PrintStream out) throws Exception {
        CommandLine.ParseResult parsed = new CommandLine(command).parseArgs(options);
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        CommandLine asked = parsed.commandSpec().commandLine();
        if (asked.isUsageHelpRequested()) {
            asked.usage(out);
            return DONE;
        }
        Callable<Integer> chosen = asked.getCommand();
        return chosen.call();
    }
}
