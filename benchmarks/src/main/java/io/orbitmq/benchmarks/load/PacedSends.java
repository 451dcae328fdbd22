package io.orbitmq.benchmarks.load;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.benchmarks.wire.FrameView;
import io.orbitmq.foundation.time.Clock;

/**
 * Sends at a fixed rate whatever the broker does (open loop). The intended time travels in the body, so that a send which
 * leaves late, for whatever reason, counts as late.
 */
final class PacedSends implements LoadLoop.Work {

    private static final long LEAD_NANOS = 50_000_000L;
    private static final long WAIT_NANOS = 100_000_000L;

    private final FrameTemplate template;
    private final long intervalNanos;
    private final long messages;
    private final long startNanos;
    private final LoadConnection connection;
    private long sent;
    private long accepted;
    private long refused;

    PacedSends(
            Clock clock, FrameTemplate template, double messagesPerSecond, long messages, LoadConnection connection) {
        this.template = template;
        this.intervalNanos = (long) (1e9 / messagesPerSecond);
        this.messages = messages;
        this.connection = connection;
        this.startNanos = clock.nanos() + LEAD_NANOS;
    }

    @Override
    public long sendDue(long nowNanos) {
        while (sent < messages && startNanos + sent * intervalNanos <= nowNanos) {
            long intended = startNanos + sent * intervalNanos;
            template.stampBody(intended);
            connection.send(template, intended, 0);
            sent++;
        }
        return sent < messages ? startNanos + sent * intervalNanos - nowNanos : WAIT_NANOS;
    }

    @Override
    public boolean done() {
        return accepted + refused == messages;
    }

    @Override
    public void received(LoadConnection from, FrameView response, long intendedNanos, int tag) {
        if (response.code() == 0) {
            accepted++;
        } else {
            refused++;
        }
    }

    long startNanos() {
        return startNanos;
    }

    long accepted() {
        return accepted;
    }

    long refused() {
        return refused;
    }
}
