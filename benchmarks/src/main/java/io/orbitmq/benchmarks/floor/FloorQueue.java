package io.orbitmq.benchmarks.floor;

import java.util.Optional;

/** One queue: how many messages it was sent, and the begin of the body of the last of them. Owned by the server's thread. */
final class FloorQueue {

    /** So many last messages are remembered, from the first pull on; half a second of an open loop. */
    private static final int REMEMBERED = 1024;

    private long[] bodyBegins = {};
    private Optional<HeldPull> held = Optional.empty();
    private long end;

    /** @param bodyBegin the first eight bytes of the message's body */
    void append(long bodyBegin) {
        if (bodyBegins.length > 0) {
            bodyBegins[place(end)] = bodyBegin;
        }
        end++;
    }

    void append(int messages) {
        end += messages;
    }

    /** One past the last offset. */
    long end() {
        return end;
    }

    /** What the body of the message at {@code offset} begins with, if it is remembered. */
    long bodyBegin(long offset) {
        if (bodyBegins.length == 0) {
            bodyBegins = new long[REMEMBERED];
        }
        return bodyBegins[place(offset)];
    }

    /** Keeps a pull until something is sent; one that is there already belongs to a consumer that has gone. */
    void hold(HeldPull pull) {
        bodyBegin(0);
        held = Optional.of(pull);
    }

    /** The pull that waits, which does so no longer. */
    Optional<HeldPull> release() {
        Optional<HeldPull> released = held;
        held = Optional.empty();
        return released;
    }

    private static int place(long offset) {
        return (int) offset & REMEMBERED - 1;
    }

    /**
     * A pull that waits at the end of the queue.
     *
     * @param connection where the answer goes
     * @param opaque of the request
     * @param offset where it waits
     */
    record HeldPull(FloorConnection connection, int opaque, long offset) {}
}
