package io.orbitmq.benchmarks.load;

import io.orbitmq.benchmarks.wire.FrameView;
import io.orbitmq.foundation.time.Clock;
import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;

/**
 * Receives one queue from an offset on over long-polling pulls. The latency runs from the intended send time in the body to
 * receipt; every message must come exactly once and in its place.
 */
final class Deliveries implements LoadLoop.Work {

    private static final long WAIT_NANOS = 100_000_000L;
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final int BODY_AT = 88;
    private static final int LAST_EMPTY_ANSWER = 21;
    private static final int FIRST_EMPTY_ANSWER = 19;

    private final Clock clock;
    private final PullTemplate queue;
    private final Histogram latency = new Histogram(60_000_000_000L, 3);
    private volatile long expected = Long.MAX_VALUE;
    private long lastReceiptNanos;
    private long nextOffset;
    private long received;
    private long misplaced;
    private long refused;

    /** @param firstOffset where to begin: what is there before is not received */
    Deliveries(Clock clock, PullTemplate queue, long firstOffset) {
        this.clock = clock;
        this.queue = queue;
        this.nextOffset = firstOffset;
    }

    void start(LoadConnection connection) {
        lastReceiptNanos = clock.nanos();
        connection.send(queue.at(nextOffset), lastReceiptNanos, 0);
    }

    /** Tells, from any thread, how many messages there are in all; what does not come within five seconds is lost. */
    void expect(long messages) {
        expected = messages;
    }

    @Override
    public long sendDue(long nowNanos) {
        return WAIT_NANOS;
    }

    @Override
    public boolean done() {
        long all = expected;
        return received >= all
                || refused > 0
                || all < Long.MAX_VALUE && clock.nanos() - lastReceiptNanos > PATIENCE_NANOS;
    }

    @Override
    public void received(LoadConnection connection, FrameView response, long intendedNanos, int tag) {
        long now = clock.nanos();
        int code = response.code();
        if (code == 0) {
            count(response, now);
        } else if (code < FIRST_EMPTY_ANSWER || code > LAST_EMPTY_ANSWER) {
            refused++;
            return;
        }
        connection.send(queue.at(nextOffset), now, tag);
    }

    private void count(FrameView response, long now) {
        ByteBuffer bytes = ByteBuffer.wrap(response.array());
        for (int at = response.bodyStart(); at < response.bodyEnd(); at += bytes.getInt(at)) {
            latency.recordValue(Math.max(0, now - bytes.getLong(at + BODY_AT)));
            long offset = PullTemplate.queueOffset(bytes, at);
            misplaced += offset == nextOffset ? 0 : 1;
            nextOffset = offset + 1;
            received++;
        }
        lastReceiptNanos = now;
    }

    /**
     * What was received.
     *
     * @param startNanos intended time of the first message; the measured time ends with the last receipt
     * @param refusedSends what the sending side was refused
     */
    LoadResult result(long startNanos, long refusedSends) {
        long lost = Math.max(0, expected - received);
        long elapsedNanos = lastReceiptNanos - startNanos;
        return new LoadResult(received, elapsedNanos, latency, refused + refusedSends, misplaced + lost);
    }
}
