package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.process.ProcessUsage;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the two processes used between two moments.
 *
 * @param broker usage of the broker's process before and after
 * @param generator CPU time of the process that made the load, in nanoseconds
 * @param elapsedNanos time between
 */
record Span(Pair broker, long generator, long elapsedNanos) {

    private static final double MIB = 1 << 20;
    private static final double MICRO_NANOS = 1_000;

    /** @param messages what the CPU time is divided by */
    Map<Figure, Double> figures(long messages) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        double count = Math.max(1, messages);
        figures.put(Figure.CPU_MICROS, broker.cpuNanos() / MICRO_NANOS / count);
        figures.put(Figure.GENERATOR_CPU_MICROS, generator / MICRO_NANOS / count);
        figures.put(Figure.GENERATOR_CORE_PERCENT, 100.0 * generator / elapsedNanos);
        figures.put(Figure.RESIDENT_MIB, broker.after().residentBytes() / MIB);
        figures.put(Figure.ANONYMOUS_MIB, broker.after().anonymousBytes() / MIB);
        return figures;
    }

    /** Two readings of one process. */
    record Pair(ProcessUsage before, ProcessUsage after) {

        long cpuNanos() {
            return after.cpuNanos() - before.cpuNanos();
        }
    }
}
