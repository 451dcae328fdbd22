package io.orbitmq.benchmarks.compare;

import java.util.List;

/** What we want to reach, row by row. The only place where the numbers stand. */
final class Aims {

    private static final double NOT_BELOW = 1.0;
    private static final double WIDE_WITHIN = 0.85;

    private Aims() {}

    /** A send row: never slower, never dearer. */
    static List<Aim> ofSends() {
        return List.of(
                Aim.atLeast(NOT_BELOW, Figure.MESSAGES_PER_SECOND),
                Aim.atMost(NOT_BELOW, Figure.P99_MICROS),
                Aim.atMost(NOT_BELOW, Figure.CPU_MICROS));
    }

    static List<Aim> ofDrain() {
        return List.of(Aim.atLeast(NOT_BELOW, Figure.MESSAGES_PER_SECOND), Aim.atMost(NOT_BELOW, Figure.CPU_MICROS));
    }

    /** Open loop: the rate is given, so only latency and CPU can differ. */
    static List<Aim> ofDelivery() {
        return List.of(
                Aim.atMost(NOT_BELOW, Figure.P50_MICROS),
                Aim.atMost(NOT_BELOW, Figure.P99_MICROS),
                Aim.atMost(NOT_BELOW, Figure.CPU_MICROS));
    }

    /** Many queues cost no more than few. */
    static List<Aim> ofManyQueues(String fewQueuesRow) {
        return List.of(
                Aim.atLeast(WIDE_WITHIN, Figure.MESSAGES_PER_SECOND).ofOurOwn(fewQueuesRow),
                Aim.atLeast(NOT_BELOW, Figure.MESSAGES_PER_SECOND),
                Aim.atMost(NOT_BELOW, Figure.CPU_MICROS));
    }

    /** The client is the larger part of every figure here. */
    static List<Aim> ofClients() {
        return List.of(Aim.atLeast(NOT_BELOW, Figure.MESSAGES_PER_SECOND), Aim.atMost(NOT_BELOW, Figure.CPU_MICROS));
    }

    static List<Aim> ofIdleServer() {
        return List.of(
                Aim.atMost(NOT_BELOW, Figure.FIRST_ACCEPTED_MS),
                Aim.atMost(NOT_BELOW, Figure.IDLE_ANONYMOUS_MIB),
                Aim.atMost(NOT_BELOW, Figure.IDLE_CORE_PERCENT));
    }
}
