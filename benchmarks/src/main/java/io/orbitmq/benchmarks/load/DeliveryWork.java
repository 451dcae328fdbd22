package io.orbitmq.benchmarks.load;

import io.orbitmq.foundation.time.Clock;
import java.nio.ByteBuffer;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Sends at a fixed rate whatever the broker does (open loop) and receives over long-polling pulls; the latency is from
 * the intended send time, which travels in the body, to receipt.
 */
final class DeliveryWork implements LoadLoop.Work {

    private static final int SEND_TAG = -1;
    private static final int BODY_AT = 88;

    private final Clock clock;
    private final FrameTemplate send;
    private final List<PullTemplate> queues;
    private final long intervalNanos;
    private final long messages;
    private final Histogram latency = new Histogram(60_000_000_000L, 3);
    private LoadConnection sender;
    private long startNanos;
    private long sent;
    private long received;
    private long refused;

    DeliveryWork(Clock clock, FrameTemplate send, List<PullTemplate> queues, double messagesPerSecond, long messages) {
        this.clock = clock;
        this.send = send;
        this.queues = queues;
        this.intervalNanos = (long) (1e9 / messagesPerSecond);
        this.messages = messages;
    }

    /** @param offsets where to start in each queue */
    void start(List<LoadConnection> connections, List<Long> offsets) {
        sender = connections.get(0);
        for (int queue = 0; queue < queues.size(); queue++) {
            connections.get(1).send(queues.get(queue).at(offsets.get(queue)), clock.nanos(), queue);
        }
        startNanos = clock.nanos();
    }

    @Override
    public long sendDue(long nowNanos) {
        while (sent < messages && startNanos + sent * intervalNanos <= nowNanos) {
            long intended = startNanos + sent * intervalNanos;
            send.stampBody(intended);
            sender.send(send, intended, SEND_TAG);
            sent++;
        }
        return sent < messages ? startNanos + sent * intervalNanos - nowNanos : 100_000_000L;
    }

    @Override
    public boolean done() {
        return received >= messages;
    }

    @Override
    public void received(LoadConnection connection, ResponseView response, long intendedNanos, int tag) {
        if (tag == SEND_TAG) {
            refused += response.code() == 0 ? 0 : 1;
            return;
        }
        long now = clock.nanos();
        ByteBuffer bytes = ByteBuffer.wrap(response.array());
        int end = response.code() == 0 ? response.bodyEnd() : response.bodyStart();
        for (int at = response.bodyStart(); at < end; at += bytes.getInt(at)) {
            latency.recordValue(Math.max(0, now - bytes.getLong(at + BODY_AT)));
            received++;
        }
        connection.send(queues.get(tag).at(response.nextBeginOffset()), now, tag);
    }

    LoadResult result(long elapsedNanos) {
        return new LoadResult(received, elapsedNanos, latency, refused);
    }
}
