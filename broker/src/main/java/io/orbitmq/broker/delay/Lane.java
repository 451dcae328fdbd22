package io.orbitmq.broker.delay;

/** One order in which messages come due. Run by the delay thread alone. */
interface Lane {

    /** Run again at once. */
    long AT_ONCE = 0;

    /** Nothing to do until something is heard of. */
    long NEVER = Long.MAX_VALUE;

    /** How long after a refusal the next attempt comes. */
    long RETRY_MS = 50;

    /** Most messages of one run, so that other lanes and recalls get their turn. */
    int BATCH = 256;

    /**
     * Delivers what is due, at most {@link #BATCH} messages.
     *
     * @return when to run again, epoch milliseconds
     */
    long run(long nowMs);

    /** Whether the last run left messages whose time had come, because they cannot be settled yet. */
    boolean isBehind();
}
