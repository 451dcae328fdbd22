package io.orbitmq.broker.pop;

import io.orbitmq.broker.PopSettings;
import io.orbitmq.broker.offset.ConsumerOffsets.Move;
import io.orbitmq.broker.pop.PopAdmission.Verdict.Admitted;
import io.orbitmq.broker.pop.state.PopChange;
import io.orbitmq.broker.pop.state.PopKey;
import io.orbitmq.broker.pop.state.PopQueue;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.header.pop.OffsetTexts;
import io.orbitmq.protocol.header.pop.PopAnswerHeader;
import io.orbitmq.protocol.header.pop.PopRequestHeader;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadOutcome.Status;
import io.orbitmq.store.ReadRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One attempt to pop: visits the queues in turn until the batch is full and appends one record that says what is out and
 * where the group goes on (protocol/08 section 2.6). Used once, by one thread.
 */
final class PopRun {

    /** Index entries looked at per queue; see the pull reader. */
    private static final int MOST_EXAMINED = 8_000;

    private final PopParts parts;
    private final PopSettings settings;
    private final PopStart start;
    private final PopRequestHeader header;
    private final Admitted admitted;
    private final Occasion occasion;
    private final PopCollector collector;
    private final OffsetTexts texts = new OffsetTexts();
    private final PopChange change = new PopChange();
    private final List<Move> moves = new ArrayList<>(2);
    private final List<Taken> taken = new ArrayList<>();
    private final LookedAt lookedAt;
    private final OrderedPops orderedPops;
    private int left;
    private int bytesLeft;
    private long rest;
    private boolean needsDisk;
    private boolean moreToExamine;
    private long unblockedAtMs = Long.MAX_VALUE;

    /**
     * What is particular to this attempt.
     *
     * @param popTimeMs now
     * @param reviveQueueId goes into receipt handles
     * @param memoryOnly whether it must not wait for the disk
     */
    record Occasion(long popTimeMs, int reviveQueueId, boolean memoryOnly) {}

    private record Taken(Set<Integer> turns, int queueId) {}

    PopRun(
            PopParts parts,
            QueueTurns turns,
            OrderedPops orderedPops,
            PopRequestHeader header,
            Admitted admitted,
            Occasion occasion) {
        this.parts = parts;
        this.settings = parts.config().get().pops();
        this.start = new PopStart(parts);
        this.header = header;
        this.admitted = admitted;
        this.occasion = occasion;
        this.left = Math.max(1, header.maxMessages());
        this.bytesLeft = parts.config().get().pulls().maxAnswerBytes();
        this.collector = new PopCollector(parts.machine().allocator(), left);
        this.orderedPops = orderedPops;
        this.lookedAt = new LookedAt(parts, turns, header.consumerGroup());
    }

    PopOutcome run() {
        try {
            visitAll();
            if (collector.count() > 0) {
                return deliver();
            }
            return needsDisk
                    ? new PopOutcome.NeedsDisk()
                    : new PopOutcome.Empty(answer(), moreToExamine, lookedAt, unblockedAtMs);
        } finally {
            collector.release();
            taken.forEach(turn -> turn.turns().remove(turn.queueId()));
        }
    }

    private void visitAll() {
        boolean retryFirst = !header.order() && parts.machine().chance().applyAsInt(100) < settings.retryFirstPercent();
        if (retryFirst) {
            visitRetryTopic();
        }
        TopicConfig topic = admitted.topic();
        if (header.queueId() >= 0) {
            visit(topic, header.queueId(), ReceiptHandle.NORMAL_TOPIC);
        } else {
            visitQueues(topic, ReceiptHandle.NORMAL_TOPIC);
        }
        if (!retryFirst && !header.order()) {
            visitRetryTopic();
        }
    }

    private void visitQueues(TopicConfig topic, int flag) {
        int queues = topic.readQueues();
        int first = queues > 1 ? parts.machine().chance().applyAsInt(queues) : 0;
        for (int i = 0; i < queues; i++) {
            visit(topic, (first + i) % queues, flag);
        }
    }

    /** Of the two kinds of retry topic one answer has only one: clients could not tell their queues apart. */
    private void visitRetryTopic() {
        boolean v2 = settings.retryTopicV2()
                && (!settings.readRetryV1() || parts.machine().chance().applyAsInt(2) == 0);
        Optional<TopicConfig> retryTopic =
                parts.topics().find(PopRetryTopic.of(header.consumerGroup(), header.topic(), v2));
        if (retryTopic.isPresent()) {
            visitQueues(retryTopic.get(), v2 ? ReceiptHandle.RETRY_V2 : ReceiptHandle.RETRY_V1);
        }
    }

    private void visit(TopicConfig topic, int queueId, int flag) {
        LogQueue queue = parts.queues().queue(topic, queueId);
        Set<Integer> turns = lookedAt.turnsOf(topic.name());
        if (left <= 0 || bytesLeft <= 0 || isOverLimit(queue)) {
            rest += waiting(queue);
        } else if (!turns.add(queueId)) {
            rest += waiting(queue);
            lookedAt.busy(queue);
        } else {
            taken.add(new Taken(turns, queueId));
            if (!header.order() || isFreeForOrder(queue)) {
                read(queue, flag);
            }
        }
    }

    /** While a batch of the queue is out, others get nothing, and what waits behind it does not count. */
    private boolean isFreeForOrder(LogQueue queue) {
        long untilMs = orderedPops.blockedUntilMs(queue, header.consumerGroup(), header.attemptId());
        if (untilMs > occasion.popTimeMs()) {
            unblockedAtMs = Math.min(unblockedAtMs, untilMs);
            return false;
        }
        return true;
    }

    private void read(LogQueue queue, int flag) {
        long from = start.take(header.consumerGroup(), queue, header.initMode());
        collector.beginQueue(rewriting(queue, flag, from));
        int before = collector.sizeBytes();
        ReadOutcome outcome = parts.store()
                .read(
                        queue,
                        new ReadRequest(from, left, bytesLeft, MOST_EXAMINED, admitted.filter(), occasion.memoryOnly()),
                        collector);
        long next = outcome.nextOffset();
        if (outcome.status() == Status.FOUND) {
            left -= collector.queueCount();
            bytesLeft -= collector.sizeBytes() - before;
            lease(queue, flag, from, next);
            parts.traffic().pulled(header.consumerGroup(), queue.topic(), outcome.count(), outcome.bytes());
        } else if (outcome.status() == Status.NEEDS_DISK) {
            needsDisk = true;
            next = from;
        } else if (next > from) {
            parts.offsets().commit(header.consumerGroup(), queue.topic(), queue.queueId(), next);
            moreToExamine |= next < outcome.maxOffset();
        }
        lookedAt.reached(queue, Math.max(from, next));
        rest += Math.max(0, outcome.maxOffset() - Math.max(from, next));
    }

    private void lease(LogQueue queue, int flag, long from, long next) {
        PopKey key = new PopKey(header.consumerGroup(), queue.topic(), queue.queueId());
        Optional<PopQueue> known = parts.table().find(key);
        int number = known.isPresent() ? known.get().number() : parts.table().newNumber();
        if (known.isEmpty()) {
            change.opened(number, key);
        }
        long dueMs = occasion.popTimeMs() + Math.max(0, header.invisibleTimeMs());
        if (header.order()) {
            orderedPops.lease(
                    change, number, new OrderedPops.Batch(key, collector, header, occasion, dueMs, next), texts);
        } else {
            change.leased(number, collector.offsets(), collector.queueCount(), occasion.popTimeMs(), dueMs, next);
            moves.add(new Move(key.group(), key.topic(), key.queueId(), next));
        }
        texts.queue(flag, queue.queueId(), from, collector.offsets(), collector.queueCount());
    }

    private UnaryOperator<ByteBuffer> rewriting(LogQueue queue, int flag, long from) {
        if (flag == ReceiptHandle.NORMAL_TOPIC || settings.actualRetryTopic()) {
            return UnaryOperator.identity();
        }
        String broker = parts.config().get().identity().brokerName();
        return record -> {
            int base = record.position();
            ReceiptHandle handle = new ReceiptHandle(
                    from,
                    occasion.popTimeMs(),
                    header.invisibleTimeMs(),
                    occasion.reviveQueueId(),
                    flag,
                    broker,
                    queue.queueId(),
                    MessageRecord.queueOffset(record, base));
            return RetriedRecord.shown(record, header.topic(), handle);
        };
    }

    private PopOutcome deliver() {
        AppendOutcome outcome = parts.offsets()
                .moveWith(moves, () -> parts.store().appendState(parts.table().name(), change.toBuffer()));
        return outcome instanceof AppendOutcome.Refused refused
                ? new PopOutcome.NotStored(refused)
                : new PopOutcome.Found(answer(), collector.take());
    }

    private PopAnswerHeader answer() {
        return new PopAnswerHeader(
                occasion.popTimeMs(),
                header.invisibleTimeMs(),
                occasion.reviveQueueId(),
                rest,
                texts.startOffsets(),
                texts.messageOffsets(),
                texts.orderCounts());
    }

    private boolean isOverLimit(LogQueue queue) {
        return settings.limitInflight()
                && parts.table()
                        .find(new PopKey(header.consumerGroup(), queue.topic(), queue.queueId()))
                        .map(parts.table()::messagesOut)
                        .filter(out -> out > settings.maxInflight())
                        .isPresent();
    }

    private long waiting(LogQueue queue) {
        return queue.maxOffset() - start.look(header.consumerGroup(), queue);
    }
}
