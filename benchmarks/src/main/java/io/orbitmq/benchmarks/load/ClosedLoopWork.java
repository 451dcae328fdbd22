package io.orbitmq.benchmarks.load;

import io.orbitmq.foundation.time.Clock;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Keeps a fixed number of requests in flight on every connection until the time is over, then drains. */
final class ClosedLoopWork implements LoadLoop.Work {

    private static final long WAIT_NANOS = 100_000_000L;

    private final Clock clock;
    private final List<FrameTemplate> templates;
    private final int messagesPerRequest;
    private final long endNanos;
    private final Histogram latency = new Histogram(60_000_000_000L, 3);
    private int next;
    private int inFlight;
    private long answered;
    private long refused;
    private int firstRefusal;

    /** @param templates sent in turn */
    ClosedLoopWork(Clock clock, List<FrameTemplate> templates, int messagesPerRequest, long endNanos) {
        this.clock = clock;
        this.templates = templates;
        this.messagesPerRequest = messagesPerRequest;
        this.endNanos = endNanos;
    }

    void start(LoadConnection connection, int window) {
        for (int i = 0; i < window; i++) {
            sendOne(connection);
        }
    }

    @Override
    public long sendDue(long nowNanos) {
        return WAIT_NANOS;
    }

    @Override
    public boolean done() {
        return inFlight == 0;
    }

    @Override
    public void received(LoadConnection connection, ResponseView response, long intendedNanos, int tag) {
        long now = clock.nanos();
        inFlight--;
        int code = response.code();
        if (code == 0) {
            answered++;
            latency.recordValue(now - intendedNanos);
        } else {
            refused++;
            firstRefusal = firstRefusal == 0 ? code : firstRefusal;
        }
        if (now < endNanos) {
            sendOne(connection);
        }
    }

    LoadResult result(long elapsedNanos) {
        return new LoadResult(answered * messagesPerRequest, elapsedNanos, latency, refused);
    }

    private void sendOne(LoadConnection connection) {
        inFlight++;
        connection.send(templates.get(next), clock.nanos(), 0);
        next = next + 1 == templates.size() ? 0 : next + 1;
    }
}
