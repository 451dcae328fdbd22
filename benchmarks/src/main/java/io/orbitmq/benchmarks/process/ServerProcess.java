package io.orbitmq.benchmarks.process;

import io.orbitmq.benchmarks.load.FirstSend;
import io.orbitmq.foundation.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One process of a server: started, watched, ended. Never outlives this program when that ends in order. */
final class ServerProcess implements AutoCloseable {

    private static final long STOP_SECONDS = 30;

    private final Clock clock;
    private final Process process;
    private final OutputWatch output;
    private final long startNanos;
    private final Thread atExit;

    private ServerProcess(Clock clock, Process process, OutputWatch output, long startNanos) {
        this.clock = clock;
        this.process = process;
        this.output = output;
        this.startNanos = startNanos;
        this.atExit = Executors.defaultThreadFactory().newThread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** @param ready whether a line of the output says that the server is ready */
    static ServerProcess start(Clock clock, ProcessBuilder builder, Predicate<String> ready) throws IOException {
        long startNanos = clock.nanos();
        Process process = builder.redirectErrorStream(true).start();
        return new ServerProcess(clock, process, OutputWatch.start(clock, process, ready), startNanos);
    }

    long startNanos() {
        return startNanos;
    }

    /** Waits for the line; returns when it came. */
    long awaitReady() throws IOException {
        return output.await().atNanos();
    }

    /**
     * Waits until the broker in this process took a message and said that it is ready.
     *
     * @param firstStartNanos when the first process of the server was started
     */
    StartTimes awaitBroker(InetSocketAddress broker, long firstStartNanos) throws IOException {
        long accepted = new FirstSend(clock, broker).awaitAccepted(process::isAlive);
        return StartTimes.between(firstStartNanos, startNanos, awaitReady(), accepted);
    }

    ProcessUsage usage() throws IOException {
        return ProcessUsage.of(process.pid());
    }

    /** Asks the process to end, then insists. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
