package io.orbitmq.broker.delay;

import io.orbitmq.protocol.message.MessageRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must be true of delayed messages: each acknowledged one is delivered once and in time, none early, none that was
 * recalled, and a level's in the order they were sent.
 */
final class DelayModel {

    private static final long LATE_MS = 100;

    private final Map<String, Sent> all = new LinkedHashMap<>();
    private final Map<Integer, Integer> lastOfLevel = new HashMap<>();
    private boolean inTrouble;
    private long troubleUntilMs;
    private long deliveries;
    private int number;

    /** One message. */
    static final class Sent {

        private final int number;
        private final int level;
        private long dueMs = Long.MAX_VALUE;
        private boolean acknowledged;
        private boolean perhapsLost;
        private boolean recallAsked;
        private boolean recalled;
        private boolean delivered;

        private Sent(int number, int level) {
            this.number = number;
            this.level = level;
        }

        String body() {
            return "m" + number;
        }

        long dueMs() {
            return dueMs;
        }

        void placed(long due) {
            dueMs = due;
        }

        void acknowledge() {
            acknowledged = true;
        }

        void recalling() {
            recallAsked = true;
        }

        void recalled() {
            if (delivered) {
                throw new AssertionError(this + " was recalled with success after it was delivered");
            }
            recalled = true;
        }

        @Override
        public String toString() {
            return body() + " level=" + level + " due=" + dueMs + " acknowledged=" + acknowledged + " recalled="
                    + recalled;
        }
    }

    Sent sending(int level, long nowMs) {
        Sent sent = new Sent(number++, level);
        all.put(sent.body(), sent);
        return sent;
    }

    void refused(Sent sent) {
        all.remove(sent.body());
    }

    List<Sent> waitingForTime() {
        List<Sent> waiting = new ArrayList<>();
        for (Sent sent : all.values()) {
            if (sent.level == 0 && sent.acknowledged && !sent.delivered && !sent.recallAsked) {
                waiting.add(sent);
            }
        }
        return waiting;
    }

    /** From now on deliveries may be late, until it is said when that ends. */
    void trouble() {
        inTrouble = true;
    }

    /** Deliveries that were due before may be as late as this. */
    void troubleUntil(long nowMs) {
        inTrouble = false;
        troubleUntilMs = Math.max(troubleUntilMs, nowMs);
    }

    /**
     * Power or process is gone.
     *
     * @param acknowledgedIsSafe false where what was acknowledged may be gone too, recalls included
     */
    void newLife(boolean acknowledgedIsSafe) {
        for (Sent sent : all.values()) {
            sent.perhapsLost |= !acknowledgedIsSafe || !sent.acknowledged;
            sent.recalled &= acknowledgedIsSafe;
        }
    }

    void delivered(String body, long storedMs) {
        Sent sent = all.get(body);
        if (sent == null) {
            throw new AssertionError(body + " was delivered but never sent");
        }
        if (sent.delivered && !sent.perhapsLost) {
            throw new AssertionError(sent + " was delivered twice");
        }
        if (sent.recalled) {
            throw new AssertionError(sent + " was delivered though it was recalled");
        }
        if (storedMs < sent.dueMs) {
            throw new AssertionError(sent + " was delivered " + (sent.dueMs - storedMs) + " ms early");
        }
        long latest = Math.max(sent.dueMs, troubleUntilMs) + LATE_MS;
        if (!inTrouble && storedMs > latest) {
            throw new AssertionError(sent + " was delivered " + (storedMs - latest) + " ms too late");
        }
        if (sent.level > 0) {
            int last = lastOfLevel.getOrDefault(sent.level, -1);
            if (sent.number < last) {
                throw new AssertionError(sent + " was delivered after m" + last + " of its level");
            }
            lastOfLevel.put(sent.level, sent.number);
        }
        sent.delivered = true;
        deliveries++;
    }

    void checkComplete() {
        for (Sent sent : all.values()) {
            boolean wanted = sent.acknowledged && !sent.perhapsLost && !sent.recallAsked;
            if (wanted && !sent.delivered) {
                throw new AssertionError(sent + " was never delivered");
            }
        }
    }

    /** Waiting messages must not hold back old segments for longer than retention keeps them anyway. */
    void checkSpan(DelayWorld world, Duration retention) {
        long nowMs = world.nowMs();
        if (nowMs - troubleUntilMs < retention.toMillis()) {
            return;
        }
        world.store.recordAt(world.table.neededFrom()).ifPresent(record -> {
            Duration age = Duration.ofMillis(nowMs - MessageRecord.storeTimestamp(record, 0));
            if (age.compareTo(retention) > 0) {
                throw new AssertionError("a message waits in a record that is " + age + " old");
            }
        });
    }

    long lastDueMs() {
        return all.values().stream()
                .filter(sent -> sent.dueMs != Long.MAX_VALUE)
                .mapToLong(sent -> sent.dueMs)
                .max()
                .orElse(0);
    }

    long deliveries() {
        return deliveries;
    }
}
