package io.orbitmq.benchmarks.client;

/** How the official client is used. */
public enum ClientMode {
    /** Threads that each wait for an answer before they send again; the size is the number of threads. */
    SYNC,
    /** One thread that keeps messages in flight; the size is their number. */
    ASYNC,
    /** Messages at a fixed rate to a push consumer; the size is the rate a second. */
    PUSH
}
