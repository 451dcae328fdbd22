package io.orbitmq.benchmarks.delay;

import io.orbitmq.benchmarks.process.ServerOptions;
import io.orbitmq.benchmarks.process.ServerUnderTest;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a server and prints how late delayed messages come while a normal load runs. */
@Command(
        name = "delay",
        mixinStandardHelpOptions = true,
        description = "Measures how late delayed messages come under load.")
public final class DelayCommand implements Callable<Integer> {

    @Mixin
    private ServerOptions servers;

    @Option(names = "--official", description = "measure the official server instead")
    private boolean official;

    @Option(names = "--seconds", description = "how long delayed messages are sent", defaultValue = "30")
    private int seconds;

    @Option(names = "--normal", description = "messages without delay in a second", defaultValue = "10000")
    private int normalPerSecond;

    @Option(names = "--delayed", description = "delayed messages in a second", defaultValue = "1000")
    private int delayedPerSecond;

    private final Clock clock = new SystemClock();

    public static void main(String[] arguments) {
        int status = new CommandLine(new DelayCommand()).execute(arguments);
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    @Override
    public Integer call() throws IOException {
        ServerUnderTest.Starter starter = official ? servers.official(clock) : servers.ours(clock);
        starter.prepare();
        DelayPlan plan =
                new DelayPlan(normalPerSecond, delayedPerSecond, Duration.ofSeconds(seconds), Duration.ofSeconds(6));
        try (ServerUnderTest server = starter.start(ServerUnderTest.Flush.SYNC_FLUSH)) {
            String broker =
                    server.broker().getHostString() + ":" + server.broker().getPort();
            System.out.println(starter.name());
            new DelayRun(plan, broker, clock).run().forEach(System.out::println);
        }
        return 0;
    }
}
