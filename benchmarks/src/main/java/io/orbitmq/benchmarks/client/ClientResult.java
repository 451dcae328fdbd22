package io.orbitmq.benchmarks.client;

import io.orbitmq.benchmarks.process.ProcessUsage;

/**
 * What a run of the official client measured.
 *
 * @param messages messages acknowledged, or received by the listener
 * @param failed sends that failed, or messages that did not arrive
 * @param elapsedNanos measured time
 * @param p50Nanos median latency
 * @param p99Nanos 99th percentile
 * @param before the broker's process when measuring began
 * @param after and when it ended
 * @param clientCpuNanos CPU time of the client's process meanwhile
 * @param stored sum of the ends of the queues afterwards
 */
public record ClientResult(
        long messages,
        long failed,
        long elapsedNanos,
        long p50Nanos,
        long p99Nanos,
        ProcessUsage before,
        ProcessUsage after,
        long clientCpuNanos,
        long stored) {

    private static final int NUMBERS = 5;

    static ClientResult parse(String line, ProcessUsage before, ProcessUsage after, long clientCpuNanos) {
        String[] numbers = line.split(" ", -1);
        if (numbers.length != NUMBERS) {
            throw new IllegalArgumentException("expected " + NUMBERS + " numbers from the client, found: " + line);
        }
        return new ClientResult(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]),
                Long.parseLong(numbers[4]),
                before,
                after,
                clientCpuNanos,
                0);
    }

    ClientResult withStored(long messagesInQueues) {
        return new ClientResult(
                messages, failed, elapsedNanos, p50Nanos, p99Nanos, before, after, clientCpuNanos, messagesInQueues);
    }
}
