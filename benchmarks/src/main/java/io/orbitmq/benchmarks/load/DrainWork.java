package io.orbitmq.benchmarks.load;

import io.orbitmq.benchmarks.wire.FrameView;
import io.orbitmq.foundation.time.Clock;
import java.nio.ByteBuffer;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Reads every queue from its start to a known end with one pull in flight a queue, and again while there is time; every message
 * must be in its place.
 */
final class DrainWork implements LoadLoop.Work {

    private static final long WAIT_NANOS = 100_000_000L;

    private final Clock clock;
    private final List<PullTemplate> queues;
    private final long[] ends;
    private final long endNanos;
    private final long[] next;
    private final Histogram latency = new Histogram(60_000_000_000L, 3);
    private long wanted;
    private long received;
    private long misplaced;
    private long refused;
    private int openQueues;

    /**
     * @param ends one past the last offset of each queue
     * @param endNanos no queue is begun again after this
     */
    DrainWork(Clock clock, List<PullTemplate> queues, long[] ends, long endNanos) {
        this.clock = clock;
        this.queues = queues;
        this.ends = ends.clone();
        this.endNanos = endNanos;
        this.next = new long[ends.length];
    }

    void start(List<LoadConnection> connections) {
        openQueues = queues.size();
        for (int queue = 0; queue < queues.size(); queue++) {
            wanted += ends[queue];
            pullOn(connections.get(queue % connections.size()), queue);
        }
    }

    @Override
    public long sendDue(long nowNanos) {
        return WAIT_NANOS;
    }

    @Override
    public boolean done() {
        return openQueues == 0;
    }

    @Override
    public void received(LoadConnection connection, FrameView response, long intendedNanos, int tag) {
        latency.recordValue(clock.nanos() - intendedNanos);
        if (response.code() != 0) {
            refused++;
            openQueues--;
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(response.array());
        for (int at = response.bodyStart(); at < response.bodyEnd(); at += bytes.getInt(at)) {
            long offset = PullTemplate.queueOffset(bytes, at);
            misplaced += offset == next[tag] ? 0 : 1;
            next[tag] = offset + 1;
            received++;
        }
        pullOn(connection, tag);
    }

    LoadResult result(long elapsedNanos) {
        return new LoadResult(received, elapsedNanos, latency, refused, misplaced + Math.max(0, wanted - received));
    }

    private void pullOn(LoadConnection connection, int queue) {
        long now = clock.nanos();
        if (next[queue] >= ends[queue]) {
            if (ends[queue] == 0 || now - endNanos >= 0) {
                openQueues--;
                return;
            }
            next[queue] = 0;
            wanted += ends[queue];
        }
        connection.send(queues.get(queue).at(next[queue]), now, queue);
    }
}
