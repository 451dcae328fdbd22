package io.orbitmq.server.demo;

import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What the demonstration measured.
 *
 * @param plan what was asked for
 * @param sentNanos from the first send to the last acknowledgement
 * @param receivedNanos from the first send to the last arrival
 * @param sendMicros time from a send to its acknowledgement
 * @param deliveryMicros time from a send to its arrival at the consumer
 * @param duplicates arrivals beyond the first of a message
 * @param strangers arrivals that were none of our messages, or damaged
 */
public record DemoReport(
        DemoPlan plan,
        long sentNanos,
        long receivedNanos,
        Histogram sendMicros,
        Histogram deliveryMicros,
        int duplicates,
        int strangers) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_MS = 1000;

    /** Whether every message arrived exactly once and unharmed. */
    public boolean isExactlyOnce() {
        return duplicates == 0 && strangers == 0;
    }

    /** The lines to print. */
    public List<String> lines() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "Sent      %,9d messages of %d bytes in %.2f s: %,.0f messages/s",
                        plan.messages(),
                        plan.bodyBytes(),
                        sentNanos / NANOS_PER_SECOND,
                        rate(sentNanos)),
                String.format(
                        Locale.ROOT,
                        "Received  %,9d messages in %.2f s: %,.0f messages/s",
                        plan.messages(),
                        receivedNanos / NANOS_PER_SECOND,
                        rate(receivedNanos)),
                latencyLine("Send to acknowledgement", sendMicros) + "   (" + plan.inFlight() + " in flight)",
                latencyLine("Send to arrival        ", deliveryMicros),
                isExactlyOnce()
                        ? "Checked   every message arrived exactly once, unharmed"
                        : "Checked   every message arrived, but " + duplicates + " arrived again and " + strangers
                                + " were not what was sent");
    }

    private double rate(long nanos) {
        return plan.messages() / Math.max(1e-9, nanos / NANOS_PER_SECOND);
    }

    private static String latencyLine(String what, Histogram micros) {
        return String.format(
                Locale.ROOT,
                "%s   median %.1f ms, 99%% %.1f ms, longest %.1f ms",
                what,
                micros.getValueAtPercentile(50) / MICROS_PER_MS,
                micros.getValueAtPercentile(99) / MICROS_PER_MS,
                micros.getMaxValue() / MICROS_PER_MS);
    }
}
