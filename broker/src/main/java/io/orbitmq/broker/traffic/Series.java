package io.orbitmq.broker.traffic;

import java.util.concurrent.atomic.LongAdder;

/** The counts of one topic, group or broker since it was first seen, and samples of them. Any thread adds and reads. */
final class Series {

    private final LongAdder count = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final long[] countSamples = new long[SampleTimes.PLACES];
    private final long[] byteSamples = new long[SampleTimes.PLACES];

    void add(long messages, long size) {
        count.add(messages);
        bytes.add(size);
    }

    long count() {
        return count.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    synchronized void sample(SampleTimes times) {
        long countNow = count.sum();
        long bytesNow = bytes.sum();
        for (int place = 0; place < SampleTimes.PLACES; place++) {
            if (times.isWritten(place)) {
                countSamples[place] = countNow;
                byteSamples[place] = bytesNow;
            }
        }
    }

    synchronized Traffic over(Span span, SampleTimes times, long nowMs) {
        int place = times.placeFor(span);
        long spanMs = Math.max(1, nowMs - times.takenAtMs(place));
        return new Traffic(count.sum() - countSamples[place], bytes.sum() - byteSamples[place], spanMs);
    }
}
