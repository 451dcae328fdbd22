package io.orbitmq.transport.channel;

import io.orbitmq.transport.TransportCounters;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one server or client. Frequent ones are added to once per turn, not once per message. */
public final class Traffic implements TransportCounters {

    final LongAdder opened = new LongAdder();
    final LongAdder closed = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder idle = new LongAdder();
    final LongAdder stuck = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder unsupported = new LongAdder();
    final LongAdder overloads = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder goAways = new LongAdder();
    final LongAdder pauses = new LongAdder();
    final LongAdder droppedOneWays = new LongAdder();
    final LongAdder callTimeouts = new LongAdder();

    @Override
    public long openConnections() {
        long alreadyClosed = closed.sum();
        return opened.sum() - alreadyClosed;
    }

    @Override
    public long connections() {
        return opened.sum();
    }

    @Override
    public long malformedConnections() {
        return malformed.sum();
    }

    @Override
    public long idleConnections() {
        return idle.sum();
    }

    @Override
    public long stuckConnections() {
        return stuck.sum();
    }

    @Override
    public long requests() {
        return requests.sum();
    }

    @Override
    public long bytesIn() {
        return bytesIn.sum();
    }

    @Override
    public long bytesOut() {
        return bytesOut.sum();
    }

    @Override
    public long unsupportedRequests() {
        return unsupported.sum();
    }

    @Override
    public long overloadRefusals() {
        return overloads.sum();
    }

    @Override
    public long handlerFailures() {
        return failures.sum();
    }

    @Override
    public long goAwayAnswers() {
        return goAways.sum();
    }

    @Override
    public long readPauses() {
        return pauses.sum();
    }

    @Override
    public long droppedOneWays() {
        return droppedOneWays.sum();
    }

    @Override
    public long callTimeouts() {
        return callTimeouts.sum();
    }
}
