package io.orbitmq.broker.traffic;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of one topic, group or broker since it was first seen, and samples of them. Any thread adds and reads. Counts
 * in the object itself, which is one wait for memory where topics are many, and beside it when threads get in each other's
 * way.
 */
class Series {

    private static final AtomicLongFieldUpdater<Series> COUNT =
            AtomicLongFieldUpdater.newUpdater(Series.class, "count");
    private static final AtomicLongFieldUpdater<Series> BYTES =
            AtomicLongFieldUpdater.newUpdater(Series.class, "bytes");

    private volatile long count;
    private volatile long bytes;
    private final LongAdder moreCount = new LongAdder();
    private final LongAdder moreBytes = new LongAdder();
    private final Samples samples = new Samples();

    /** Counts messages. */
    final void add(long messages, long size) {
        long before = count;
        if (!COUNT.compareAndSet(this, before, before + messages)) {
            moreCount.add(messages);
        }
        if (size != 0) {
            long bytesBefore = bytes;
            if (!BYTES.compareAndSet(this, bytesBefore, bytesBefore + size)) {
                moreBytes.add(size);
            }
        }
    }

    final long count() {
        return count + moreCount.sum();
    }

    final long bytes() {
        return bytes + moreBytes.sum();
    }

    final synchronized void sample(SampleTimes times) {
        samples.take(times, count(), bytes());
    }

    final synchronized Traffic over(Span span, SampleTimes times, long nowMs) {
        int place = times.placeFor(span);
        long spanMs = Math.max(1, nowMs - times.takenAtMs(place));
        return new Traffic(count() - samples.count(place), bytes() - samples.bytes(place), spanMs);
    }
}
