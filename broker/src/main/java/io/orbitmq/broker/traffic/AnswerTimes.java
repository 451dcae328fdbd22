package io.orbitmq.broker.traffic;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.AtomicHistogram;

/**
 * How long answers took since the start: of stored messages, the wait until they were durable; of pulls, the slowest read.
 * Any thread; recording is a few additions and no allocation.
 */
public final class AnswerTimes {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);
    private static final int DIGITS = 2;
    private static final double MICROS_PER_MS = 1_000.0;
    /** Names of the ranges of {@link #distribution} and their ends; the last has none. */
    private static final String[] RANGES = {
        "<=0ms",
        "0~10ms",
        "10~50ms",
        "50~100ms",
        "100~200ms",
        "200~500ms",
        "500ms~1s",
        "1~2s",
        "2~3s",
        "3~4s",
        "4~5s",
        "5~10s",
        "10s~"
    };

    private static final long[] ENDS_MS = {1, 10, 50, 100, 200, 500, 1_000, 2_000, 3_000, 4_000, 5_000, 10_000};

    private final AtomicHistogram puts = new AtomicHistogram(LONGEST_MICROS, DIGITS);
    private final AtomicLongArray putsByRange = new AtomicLongArray(RANGES.length);
    private final AtomicLong slowestRead = new AtomicLong();

    /** {@code count} messages became durable together, so long after they were taken. */
    public void stored(int count, long nanos) {
        long micros = Math.min(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)), LONGEST_MICROS);
        puts.recordValueWithCount(micros, count);
        putsByRange.addAndGet(rangeOf(TimeUnit.MICROSECONDS.toMillis(micros)), count);
    }

    /** A pull's read took so long. */
    public void read(long nanos) {
        if (nanos > slowestRead.get()) {
            slowestRead.accumulateAndGet(nanos, Math::max);
        }
    }

    /** The wait that this percentage of the messages did not exceed, in milliseconds; 0 before the first message. */
    public double storedMs(double percentile) {
        return puts.getTotalCount() == 0 ? 0 : puts.getValueAtPercentile(percentile) / MICROS_PER_MS;
    }

    /** The longest wait in milliseconds, one minute at most. */
    public double slowestStoreMs() {
        return storedMs(100);
    }

    /** The longest read in milliseconds. */
    public double slowestReadMs() {
        return TimeUnit.NANOSECONDS.toMicros(slowestRead.get()) / MICROS_PER_MS;
    }

    /** How many messages waited for how many whole milliseconds, as {@code [<=0ms]:5 [0~10ms]:1} and so on. */
    public String distribution() {
        StringBuilder text = new StringBuilder();
        for (int range = 0; range < RANGES.length; range++) {
            text.append(range == 0 ? "[" : " [")
                    .append(RANGES[range])
                    .append("]:")
                    .append(putsByRange.get(range));
        }
        return text.toString();
    }

    private static int rangeOf(long ms) {
        int range = 0;
        while (range < ENDS_MS.length && ms >= ENDS_MS[range]) {
            range++;
        }
        return range;
    }
}
