package io.orbitmq.benchmarks.compare;

import java.util.List;

/** What we want to reach, row by row. The only place where the numbers stand. */
final class Aims {

    private static final double IDLE_MIB = 150;
    private static final double LOADED_MIB = 450;

    private Aims() {}

    /** Rows without a number of their own: never slower, never dearer, and small. */
    static List<Aim> notWorse() {
        return List.of(Aim.atLeast(1, Figure.MESSAGES_PER_SECOND), Aim.atMost(1, Figure.CPU_MICROS));
    }

    /** Each request waits for the answer to the one before. */
    static List<Aim> ofOneInFlight() {
        return List.of(Aim.atMost(1 / 3.0, Figure.P50_MICROS), Aim.atMost(1 / 8.0, Figure.CPU_MICROS));
    }

    static List<Aim> ofSixteenConnections() {
        return List.of(Aim.atLeast(3, Figure.MESSAGES_PER_SECOND), Aim.atMost(1 / 5.0, Figure.CPU_MICROS));
    }

    static List<Aim> ofFullPipes() {
        return List.of(
                Aim.atLeast(8, Figure.MESSAGES_PER_SECOND),
                Aim.atMost(1 / 15.0, Figure.CPU_MICROS),
                Aim.limit(LOADED_MIB, Figure.RESIDENT_MIB));
    }

    static List<Aim> ofBatches() {
        return List.of(Aim.atMost(1 / 5.0, Figure.CPU_MICROS), Aim.limit(LOADED_MIB, Figure.RESIDENT_MIB));
    }

    static List<Aim> ofDrain() {
        return List.of(Aim.atLeast(4, Figure.MESSAGES_PER_SECOND), Aim.atMost(1 / 6.0, Figure.CPU_MICROS));
    }

    /** Open loop: the rate is given, so only latency and CPU can differ. */
    static List<Aim> ofDelivery() {
        return List.of(Aim.atMost(1 / 2.0, Figure.P99_MICROS), Aim.atMost(1 / 8.0, Figure.CPU_MICROS));
    }

    /** Many queues cost little more than few. */
    static List<Aim> ofManyQueues(String fewQueuesRow) {
        return List.of(
                Aim.atLeast(0.85, Figure.MESSAGES_PER_SECOND).ofOurOwn(fewQueuesRow),
                Aim.limit(LOADED_MIB, Figure.RESIDENT_MIB));
    }

    static List<Aim> ofSixteenDurable() {
        return List.of(Aim.atLeast(1.5, Figure.MESSAGES_PER_SECOND), Aim.atMost(1 / 5.0, Figure.CPU_MICROS));
    }

    static List<Aim> ofFullPipesDurable() {
        return List.of(Aim.atLeast(5, Figure.MESSAGES_PER_SECOND), Aim.atMost(1 / 5.0, Figure.CPU_MICROS));
    }

    static List<Aim> ofIdleServer() {
        return List.of(
                Aim.limit(1_000, Figure.FIRST_ACCEPTED_MS),
                Aim.limit(IDLE_MIB, Figure.IDLE_RESIDENT_MIB),
                Aim.limit(0.5, Figure.IDLE_CORE_PERCENT));
    }
}
