package io.orbitmq.broker.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The counts of one topic, group or broker since it was first seen, and samples of them. Any thread adds and reads. The
 * thread that adds first owns two of the numbers and changes them without a locked instruction, which would wait until
 * everything written before has reached the processor's cache: with many topics that is long. All others share two more.
 * They are in the object itself, which is one wait for memory where topics are many.
 */
class Series {

    private static final VarHandle OWNER;
    private static final VarHandle COUNT;
    private static final VarHandle BYTES;
    private static final VarHandle OTHERS_COUNT;
    private static final VarHandle OTHERS_BYTES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OWNER = lookup.findVarHandle(Series.class, "owner", Thread.class);
            COUNT = lookup.findVarHandle(Series.class, "count", long.class);
            BYTES = lookup.findVarHandle(Series.class, "bytes", long.class);
            OTHERS_COUNT = lookup.findVarHandle(Series.class, "othersCount", long.class);
            OTHERS_BYTES = lookup.findVarHandle(Series.class, "othersBytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Null until something is counted. */
    private Thread owner;

    private long count;
    private long bytes;
    private long othersCount;
    private long othersBytes;
    private final Samples samples = new Samples();

    /** Counts messages. */
    final void add(long messages, long size) {
        Thread current = Thread.currentThread();
        if (owner == current || owner == null && OWNER.compareAndSet(this, null, current)) {
            COUNT.setOpaque(this, count + messages);
            BYTES.setOpaque(this, bytes + size);
        } else {
            OTHERS_COUNT.getAndAdd(this, messages);
            OTHERS_BYTES.getAndAdd(this, size);
        }
    }

    final long count() {
        return (long) COUNT.getOpaque(this) + (long) OTHERS_COUNT.getOpaque(this);
    }

    final long bytes() {
        return (long) BYTES.getOpaque(this) + (long) OTHERS_BYTES.getOpaque(this);
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
