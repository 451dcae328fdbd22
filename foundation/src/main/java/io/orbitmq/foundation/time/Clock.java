package io.orbitmq.foundation.time;

/** Reads time. Implementations are safe for use by any thread. */
public interface Clock {

    /** Wall-clock time in milliseconds since 1970-01-01T00:00Z; may jump in either direction. */
    long epochMs();

    /** Monotonic time in nanoseconds from an arbitrary origin; only differences mean anything. */
    long nanos();
}
