package io.orbitmq.benchmarks.delay;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.message.MessageRecord;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** How late the messages of one kind were stored in their topic and reached the consumer. One thread writes. */
final class Lateness {

    /** User property with the time a message is due, epoch ms. */
    static final String DUE = "dueMs";

    /** User property with the kind of delay. */
    static final String KIND = "kind";

    private static final long MOST_MS = 600_000;

    private final Histogram storedMs = new Histogram(MOST_MS, 3);
    private final Histogram arrivedMs = new Histogram(MOST_MS, 3);
    private final Clock clock;
    private long early;

    Lateness(Clock clock) {
        this.clock = clock;
    }

    void add(ByteBuffer records, int base, long dueMs) {
        long stored = MessageRecord.storeTimestamp(records, base) - dueMs;
        early += stored < 0 ? 1 : 0;
        storedMs.recordValue(Math.max(0, Math.min(MOST_MS, stored)));
        arrivedMs.recordValue(Math.max(0, Math.min(MOST_MS, clock.epochMs() - dueMs)));
    }

    String line(String kind) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %d | %d | %d |",
                kind,
                arrivedMs.getTotalCount(),
                early,
                storedMs.getValueAtPercentile(50),
                storedMs.getValueAtPercentile(99),
                storedMs.getMaxValue(),
                arrivedMs.getValueAtPercentile(50),
                arrivedMs.getValueAtPercentile(99),
                arrivedMs.getMaxValue());
    }
}
