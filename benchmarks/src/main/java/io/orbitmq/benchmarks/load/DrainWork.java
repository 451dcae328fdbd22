package io.orbitmq.benchmarks.load;

import io.orbitmq.foundation.time.Clock;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Reads every queue from its start with one pull in flight a queue until the wanted number of messages came. */
final class DrainWork implements LoadLoop.Work {

    private static final long WAIT_NANOS = 100_000_000L;

    private final Clock clock;
    private final List<PullTemplate> queues;
    private final long wanted;
    private final Histogram latency = new Histogram(60_000_000_000L, 3);
    private long received;
    private long refused;
    private int idleAnswers;

    DrainWork(Clock clock, List<PullTemplate> queues, long wanted) {
        this.clock = clock;
        this.queues = queues;
        this.wanted = wanted;
    }

    void start(List<LoadConnection> connections) {
        for (int queue = 0; queue < queues.size(); queue++) {
            pull(connections.get(queue % connections.size()), queue, 0);
        }
    }

    @Override
    public long sendDue(long nowNanos) {
        return WAIT_NANOS;
    }

    @Override
    public boolean done() {
        return received >= wanted || idleAnswers == queues.size();
    }

    @Override
    public void received(LoadConnection connection, ResponseView response, long intendedNanos, int tag) {
        latency.recordValue(clock.nanos() - intendedNanos);
        if (response.code() != 0) {
            refused++;
            idleAnswers++;
            return;
        }
        for (int at = response.bodyStart(); at < response.bodyEnd(); received++) {
            at += PullTemplate.recordSize(response.array(), at);
        }
        pull(connection, tag, response.nextBeginOffset());
    }

    LoadResult result(long elapsedNanos) {
        return new LoadResult(received, elapsedNanos, latency, refused);
    }

    private void pull(LoadConnection connection, int queue, long offset) {
        connection.send(queues.get(queue).at(offset), clock.nanos(), queue);
    }
}
