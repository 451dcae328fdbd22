package io.orbitmq.benchmarks.process;

/**
 * How long a start took, in milliseconds from the start of the process.
 *
 * @param readyMs until the server said that it is ready; nameserver and broker together
 * @param firstAcceptedMs until the broker acknowledged a message; the official nameserver is already there
 */
public record StartTimes(double readyMs, double firstAcceptedMs) {

    private static final double MILLI_NANOS = 1e6;

    static StartTimes between(long startNanos, long brokerStartNanos, long readyNanos, long firstAcceptedNanos) {
        return new StartTimes(
                (readyNanos - startNanos) / MILLI_NANOS, (firstAcceptedNanos - brokerStartNanos) / MILLI_NANOS);
    }
}
