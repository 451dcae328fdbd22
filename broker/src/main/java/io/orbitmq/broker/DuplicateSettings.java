package io.orbitmq.broker;

import java.time.Duration;

/**
 * Recognising a send that is repeated because its answer did not arrive (docs/duplicates.md).
 *
 * @param enabled [sendDedupEnable] whether repeats are looked for at all
 * @param window [sendDedupWindow] how long a send whose answer may be lost waits for its repeat; in topics with
 *     send.dedup=STRICT how long any send is remembered
 * @param closeWindow [sendDedupCloseWindow] an answer given so shortly before its connection closed counts as lost; more
 *     than the producers' time-out, as they close a connection they waited on in vain
 * @param slowAnswer [sendDedupSlowAnswer] an answer later than this counts as lost; less than the producers' time-out
 * @param maxRemembered [sendDedupMaxSends] sends remembered at most, the oldest are forgotten; once for sends whose answer
 *     may be lost, and once for the topics with send.dedup=STRICT
 */
public record DuplicateSettings(
        boolean enabled, Duration window, Duration closeWindow, Duration slowAnswer, int maxRemembered) {

    private static final int LEAST_REMEMBERED = 64;
    private static final int MOST_REMEMBERED = 1 << 24;

    public DuplicateSettings {
        Check.positive("sendDedupWindow", window);
        Check.positive("sendDedupCloseWindow", closeWindow);
        Check.positive("sendDedupSlowAnswer", slowAnswer);
        Check.range("sendDedupMaxSends", maxRemembered, LEAST_REMEMBERED, MOST_REMEMBERED);
    }

    public static DuplicateSettings defaults() {
        return new DuplicateSettings(
                true, Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(2), 1 << 16);
    }
}
