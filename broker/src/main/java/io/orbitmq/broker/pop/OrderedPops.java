package io.orbitmq.broker.pop;

import io.orbitmq.broker.offset.ConsumerOffsets.Move;
import io.orbitmq.broker.pop.hold.HeldPops;
import io.orbitmq.broker.pop.state.OrderBatch;
import io.orbitmq.broker.pop.state.PopChange;
import io.orbitmq.broker.pop.state.PopKey;
import io.orbitmq.broker.pop.state.PopQueue;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.pop.OffsetTexts;
import io.orbitmq.protocol.header.pop.PopRequestHeader;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.LogQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Pops in order: one batch per group and queue is out, and the group's offset moves over what is acknowledged without a
 * gap (protocol/08 section 3). Safe for any thread.
 */
final class OrderedPops {

    private static final long FORGOTTEN_AFTER_MS = Duration.ofHours(24).toMillis();

    private final PopParts parts;
    private final OrderedWakes wakes;

    /** @param waiting pops and notifications that go on when a batch is done or its time is over */
    OrderedPops(PopParts parts, List<HeldPops> waiting) {
        this.parts = parts;
        this.wakes = new OrderedWakes(parts, waiting, key -> current(key)
                .map(OrderBatch::blockedUntilMs)
                .orElse(0L));
    }

    /**
     * A batch that is handed out.
     *
     * @param dueMs when it may be handed out again, epoch milliseconds
     * @param next where the group goes on after it
     */
    record Batch(
            PopKey key,
            PopCollector records,
            PopRequestHeader header,
            PopRun.Occasion occasion,
            long dueMs,
            long next) {}

    /** Until when the group gets nothing of the queue, epoch milliseconds; 0 when it does. */
    long blockedUntilMs(LogQueue queue, String group, String attemptId) {
        Optional<OrderBatch> out = current(new PopKey(group, queue.topic(), queue.queueId()));
        boolean sameAttempt = out.isPresent()
                && !attemptId.isEmpty()
                && attemptId.equals(out.get().attemptId());
        return out.isEmpty() || sameAttempt ? 0 : out.get().blockedUntilMs();
    }

    /** Wakes nobody any more when time is over. */
    void stop() {
        wakes.stop();
    }

    /** Adds the batch to the change, and the counts of earlier deliveries to the answer. */
    void lease(PopChange change, int number, Batch batch, OffsetTexts texts) {
        Optional<OrderBatch> before = current(batch.key());
        String attemptId = batch.header().attemptId();
        boolean sameAttempt = !attemptId.isEmpty()
                && before.map(OrderBatch::attemptId).filter(attemptId::equals).isPresent();
        int queueId = batch.key().queueId();
        int size = batch.records().queueCount();
        int[] counts = new int[size];
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            long offset = batch.records().offsets()[i];
            int earlier = before.map(out -> out.count(offset)).orElse(-1);
            counts[i] = earlier < 0 ? 0 : earlier + (sameAttempt ? 0 : 1);
            least = Math.min(least, counts[i]);
            if (counts[i] > 0) {
                texts.messageCount(ReceiptHandle.NORMAL_TOPIC, queueId, offset, counts[i]);
            }
        }
        texts.queueCount(ReceiptHandle.NORMAL_TOPIC, queueId, least);
        change.ordered(
                number,
                OrderBatch.of(
                        batch.occasion().popTimeMs(),
                        attemptId,
                        batch.next(),
                        batch.records().offsets(),
                        size,
                        batch.dueMs(),
                        counts));
        wakes.at(batch.key(), batch.dueMs());
    }

    /**
     * Acknowledges one message of a batch; late or repeated it changes nothing.
     *
     * @param remote who asks, for the text of a refusal
     */
    Refusal acknowledge(PopKey key, long offset, long popTimeMs, Object remote) {
        Optional<PopQueue> queue = parts.table().find(key);
        long committed = parts.offsets().offset(key.group(), key.topic(), key.queueId());
        if (queue.isEmpty() || offset < committed) {
            return Refusal.NONE;
        }
        long untilMs;
        synchronized (queue.get()) {
            Optional<OrderBatch> out = current(key);
            if (out.isEmpty() || out.get().popTimeMs() != popTimeMs) {
                return Refusal.NONE;
            }
            if (!out.get().contains(offset)) {
                return new Refusal(
                        ResponseCode.MESSAGE_ILLEGAL,
                        "offset is illegal, key:" + key.topic() + "@" + key.group() + "@" + key.queueId() + ", old:"
                                + committed + ", commit:" + offset + ", next:-1, " + remote);
            }
            OrderBatch after = out.get().withAcked(offset);
            PopChange change = new PopChange().orderAcked(queue.get().number(), offset, popTimeMs, after.position());
            Refusal refusal =
                    append(change, List.of(new Move(key.group(), key.topic(), key.queueId(), after.position())));
            if (!refusal.isNone()) {
                return refusal;
            }
            untilMs = after.blockedUntilMs();
        }
        if (untilMs > parts.clock().epochMs()) {
            wakes.at(key, untilMs);
        } else {
            wakes.now(key);
        }
        return Refusal.NONE;
    }

    /** Hides one message of a batch until {@code visibleMs}; of another pop's batch it changes nothing. */
    Refusal change(PopKey key, long offset, long popTimeMs, long visibleMs) {
        Optional<PopQueue> queue = parts.table().find(key);
        if (queue.isEmpty()) {
            return Refusal.NONE;
        }
        synchronized (queue.get()) {
            boolean isOut = current(key)
                    .filter(out -> out.popTimeMs() == popTimeMs && out.contains(offset))
                    .isPresent();
            if (!isOut) {
                return Refusal.NONE;
            }
            Refusal refusal =
                    append(new PopChange().orderChanged(queue.get().number(), offset, popTimeMs, visibleMs), List.of());
            if (!refusal.isNone()) {
                return refusal;
            }
        }
        wakes.at(key, visibleMs);
        return Refusal.NONE;
    }

    /**
     * What is out and not done; a batch is forgotten after a day. What is before the group's offset is done, however the
     * offset came there: an acknowledgement may come while the batch is popped once more, or an operator sets it.
     */
    private Optional<OrderBatch> current(PopKey key) {
        long position = parts.offsets().offset(key.group(), key.topic(), key.queueId());
        return parts.table()
                .find(key)
                .flatMap(parts.table()::ordered)
                .map(out -> out.withAckedBefore(position))
                .filter(out -> !out.isDone() && parts.clock().epochMs() - out.popTimeMs() < FORGOTTEN_AFTER_MS);
    }

    private Refusal append(PopChange change, List<Move> moves) {
        Supplier<AppendOutcome> append =
                () -> parts.store().appendState(parts.table().name(), change.toBuffer());
        AppendOutcome outcome = parts.offsets().moveWith(moves, append);
        return outcome instanceof AppendOutcome.Refused refused
                ? new Refusal(ResponseCode.SYSTEM_ERROR, "the change was not stored: " + refused.text())
                : Refusal.NONE;
    }
}
