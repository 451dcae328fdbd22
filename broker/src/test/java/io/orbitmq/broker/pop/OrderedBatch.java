package io.orbitmq.broker.pop;

import java.util.List;

/**
 * What the broker may remember of the last pop in order from a queue, as {@link OrderedPopModel} sees it: which messages,
 * until when each is hidden and which are acknowledged. What is not certain is kept as bounds.
 */
final class OrderedBatch {

    private final int low;
    private final int high;
    private final long popTimeMs;
    private final String attemptId;
    private final List<Out> outs;
    private final long notBeforeMs;

    /** How far the acknowledgement of a message came. */
    private enum Acked {
        NO,
        /** Asked for; whether it counts is not known. */
        PERHAPS,
        /** Answered. */
        YES
    }

    /** A message that was handed out. */
    static final class Out {

        private final OrderedPopModel.Message message;
        private Acked acked = Acked.NO;
        private boolean ackSafe;
        /** Hidden at least, and at most, until. */
        private long leastMs;

        private long mostMs;
        /** What a crash may make of these. */
        private long leastAfterCrashMs;

        private long mostAfterCrashMs;

        private Out(OrderedPopModel.Message message, long untilMs) {
            this.message = message;
            this.leastMs = untilMs;
            this.mostMs = untilMs;
            this.leastAfterCrashMs = untilMs;
            this.mostAfterCrashMs = untilMs;
        }

        OrderedPopModel.Message message() {
            return message;
        }

        void acknowledging() {
            acked = acked == Acked.NO ? Acked.PERHAPS : acked;
        }

        void acknowledged() {
            acked = Acked.YES;
        }

        void acknowledgedSafely() {
            ackSafe |= acked == Acked.YES;
        }

        boolean isPerhapsAcked() {
            return acked != Acked.NO;
        }

        void changing(long untilMs) {
            leastAfterCrashMs = Math.min(leastAfterCrashMs, untilMs);
            mostAfterCrashMs = Math.max(mostAfterCrashMs, untilMs);
        }

        void changed(long untilMs) {
            leastMs = untilMs;
            mostMs = untilMs;
        }

        /** The answer does not tell whether the broker still had the batch. */
        void perhapsChanged(long untilMs) {
            leastMs = Math.min(leastMs, untilMs);
            mostMs = Math.max(mostMs, untilMs);
        }

        void changedSafely() {
            leastAfterCrashMs = leastMs;
            mostAfterCrashMs = mostMs;
        }

        private void newLife() {
            acked = acked == Acked.YES && !ackSafe ? Acked.PERHAPS : acked;
            leastMs = leastAfterCrashMs;
            mostMs = mostAfterCrashMs;
        }
    }

    private OrderedBatch(int low, int high, long popTimeMs, String attemptId, List<Out> outs, long notBeforeMs) {
        this.low = low;
        this.high = high;
        this.popTimeMs = popTimeMs;
        this.attemptId = attemptId;
        this.outs = outs;
        this.notBeforeMs = notBeforeMs;
    }

    /** The messages from place {@code first} on are out until {@code untilMs}. */
    static OrderedBatch of(
            int first, List<OrderedPopModel.Message> messages, long popTimeMs, String attemptId, long untilMs) {
        List<Out> outs =
                messages.stream().map(message -> new Out(message, untilMs)).toList();
        return new OrderedBatch(first, first, popTimeMs, attemptId, outs, 0);
    }

    /** The group is somewhere from {@code low} to {@code high}, and what is out comes again by {@code byMs}. */
    static OrderedBatch unknown(int low, int high, long byMs) {
        return new OrderedBatch(low, high, -1, "", List.of(), byMs);
    }

    List<Out> outs() {
        return outs;
    }

    boolean isOf(long otherPopTimeMs) {
        return popTimeMs == otherPopTimeMs;
    }

    /** First place the group may be at. */
    int low() {
        int acked = 0;
        while (acked < outs.size() && outs.get(acked).acked == Acked.YES) {
            acked++;
        }
        return low + acked;
    }

    /** Last place the group may be at. */
    int high() {
        int acked = 0;
        while (acked < outs.size() && outs.get(acked).isPerhapsAcked()) {
            acked++;
        }
        return high + acked;
    }

    /** Others must get nothing. */
    boolean isSurelyOut(long nowMs, String attempt) {
        return !isSame(attempt) && outs.stream().anyMatch(out -> out.acked == Acked.NO && out.leastMs > nowMs);
    }

    /** Others must get what comes next, if there is something. */
    boolean isSurelyOver(long nowMs, String attempt) {
        return notBeforeMs <= nowMs
                && (isSame(attempt) || outs.stream().allMatch(out -> out.acked == Acked.YES || out.mostMs <= nowMs));
    }

    void newLife() {
        outs.forEach(Out::newLife);
    }

    private boolean isSame(String attempt) {
        return !attempt.isEmpty() && attempt.equals(attemptId);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(low() + ".." + high() + " popped " + popTimeMs + " " + attemptId + " [");
        outs.forEach(out -> text.append(out.message.body())
                .append(' ')
                .append(out.acked)
                .append(' ')
                .append(out.leastMs)
                .append("; "));
        return text.append(']').toString();
    }
}
