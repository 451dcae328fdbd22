package io.orbitmq.transport;

import java.util.Objects;

/**
 * Where a handler runs. {@code inline}: on the event loop, for work that never blocks. Otherwise a named pool with a
 * bound on the bytes and requests that wait for it; a request over the bound is answered code 2 with the cause.
 *
 * @param name thread name prefix, empty for inline
 * @param threads number of threads, 0 for inline
 * @param maxQueuedBytes most bytes of waiting requests
 * @param maxQueuedRequests most waiting requests
 */
public record Lane(String name, int threads, long maxQueuedBytes, int maxQueuedRequests) {

    private static final Lane INLINE = new Lane("", 0, 0, 0);

    public Lane {
        Objects.requireNonNull(name, "name");
    }

    /** Runs to completion on the connection's event loop. */
    public static Lane inline() {
        return INLINE;
    }

    /** A pool; lanes with equal names in one table share their threads. */
    public static Lane pool(String name, int threads, long maxQueuedBytes, int maxQueuedRequests) {
        return new Lane(name, threads, maxQueuedBytes, maxQueuedRequests);
    }

    public boolean isInline() {
        return threads == 0;
    }
}
