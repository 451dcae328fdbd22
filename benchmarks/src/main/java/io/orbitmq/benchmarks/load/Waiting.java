package io.orbitmq.benchmarks.load;

/** What the generator does while there is nothing to read. */
public enum Waiting {
    /** Sleeps until an answer comes: the core belongs to the broker, but each wake-up takes its time and some CPU of the broker. */
    SLEEP,
    /** Asks again and again: a core of its own, for no wake-ups; shows what the machine's wake-ups cost. */
    POLL
}
