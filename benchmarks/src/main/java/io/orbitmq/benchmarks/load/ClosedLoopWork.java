package io.orbitmq.benchmarks.load;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.benchmarks.wire.FrameView;
import io.orbitmq.foundation.time.Clock;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Keeps a fixed number of requests in flight on every connection until the time is over or all were sent, then waits for
 * the answers under way.
 */
final class ClosedLoopWork implements LoadLoop.Work {

    private static final long WAIT_NANOS = 100_000_000L;

    private final Clock clock;
    private final Supplier<FrameTemplate> requests;
    private final int messagesPerRequest;
    private final long endNanos;
    private final long mostRequests;
    private final Histogram latency = new Histogram(60_000_000_000L, 3);
    private long sent;
    private int inFlight;
    private long answered;
    private long refused;

    /**
     * @param requests what to send, one after the other
     * @param endNanos no request is sent after this
     * @param mostRequests nor more than these
     */
    ClosedLoopWork(
            Clock clock, Supplier<FrameTemplate> requests, int messagesPerRequest, long endNanos, long mostRequests) {
        this.clock = clock;
        this.requests = requests;
        this.messagesPerRequest = messagesPerRequest;
        this.endNanos = endNanos;
        this.mostRequests = mostRequests;
    }

    void start(LoadConnection connection, int window) {
        for (int i = 0; i < window; i++) {
            sendOne(connection, clock.nanos());
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
    public void received(LoadConnection connection, FrameView response, long intendedNanos, int tag) {
        long now = clock.nanos();
        inFlight--;
        if (response.code() == 0) {
            answered++;
            latency.recordValue(now - intendedNanos);
        } else {
            refused++;
        }
        if (now - endNanos < 0) {
            sendOne(connection, now);
        }
    }

    LoadResult result(long elapsedNanos) {
        return new LoadResult(answered * messagesPerRequest, elapsedNanos, latency, refused, 0);
    }

    private void sendOne(LoadConnection connection, long now) {
        if (sent == mostRequests) {
            return;
        }
        sent++;
        inFlight++;
        connection.send(requests.get(), now, 0);
    }
}
