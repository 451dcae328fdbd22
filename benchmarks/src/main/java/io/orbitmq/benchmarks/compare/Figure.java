package io.orbitmq.benchmarks.compare;

/** What can be measured; the unit is the end of the name. */
enum Figure {
    MESSAGES_PER_SECOND("messagesPerSecond"),
    P50_MICROS("p50Micros"),
    P99_MICROS("p99Micros"),
    /** CPU time of the broker's process a message. */
    CPU_MICROS("cpuMicros"),
    /** CPU time of the process that makes the load, a message. */
    GENERATOR_CPU_MICROS("generatorCpuMicros"),
    /** How much of one core the process that makes the load used: near 100 it is the limit, not the broker. */
    GENERATOR_CORE_PERCENT("generatorCorePercent"),
    RESIDENT_MIB("residentMiB"),
    /** Resident memory that no file backs. */
    ANONYMOUS_MIB("anonymousMiB"),
    REFUSED("refused"),
    /** How long the run's own load warmed the server before. */
    WARM_SECONDS("warmSeconds"),
    READY_MS("readyMs"),
    FIRST_ACCEPTED_MS("firstAcceptedMs"),
    /** Right after the first message. */
    IDLE_RESIDENT_MIB("idleResidentMiB"),
    IDLE_ANONYMOUS_MIB("idleAnonymousMiB"),
    /** CPU of the broker's process without any load, in percent of one core. */
    IDLE_CORE_PERCENT("idleCorePercent");

    private final String jsonName;

    Figure(String jsonName) {
        this.jsonName = jsonName;
    }

    String jsonName() {
        return jsonName;
    }
}
