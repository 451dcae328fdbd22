package io.orbitmq.broker.transaction;

import io.orbitmq.broker.delay.DelayPlan;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.send.StoreRefusal;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.broker.topic.SystemTopics;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.LogQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The one place where a transaction ends. Whether it is still open is looked up, and the record that ends it appended,
 * under one lock: of a commit, a roll-back and a give-up that race, one takes effect. The locks are a fixed number, shared
 * by position. Any thread; never waits for the disk.
 */
final class Settlements {

    private static final int LOCKS = 64;

    private final TransactionParts parts;
    private final Object[] locks = new Object[LOCKS];
    /** Everything that ended so far is durable when the log is durable up to here. */
    private final AtomicLong settledEnd = new AtomicLong();

    Settlements(TransactionParts parts) {
        this.parts = parts;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    /** Delivers the message, or lets it wait for its time, which begins with the commit. */
    Settled commit(HalfMessage half) {
        if (parts.topics().find(half.realTopic()).isEmpty()) {
            return new Settled.NotDone(new Refusal(
                    ResponseCode.TOPIC_NOT_EXIST,
                    "topic[" + half.realTopic() + "] of the half message " + half.offsetMessageId()
                            + " does not exist any more; create it and commit again, or roll back"));
        }
        MessageProperties properties = half.properties();
        LogQueue target = parts.store().queue(half.realTopic(), half.realQueueId());
        if (half.isDelayed()) {
            DelayPlan plan = parts.delays().plan(properties, half.realTopic(), half.realQueueId());
            if (plan instanceof DelayPlan.Refused refused) {
                return new Settled.NotDone(refused.refusal());
            }
            target = plan instanceof DelayPlan.Later later ? later.queue() : target;
        }
        LogQueue queue = target;
        return settle(half.position(), () -> parts.store().append(queue, half.committed(properties)));
    }

    Settled rollBack(HalfMessage half) {
        return drop(half.position());
    }

    /** Ends a transaction without a trace of its message. */
    Settled drop(long position) {
        StateWriter change = new StateWriter();
        OpenTransactions.settled(change, position);
        return settle(position, () -> parts.store().appendState(parts.table().name(), change.toBuffer()));
    }

    /** Moves the message to the topic of those nobody decided. */
    Settled giveUp(HalfMessage half) {
        try {
            parts.topics()
                    .createIfAbsent(SystemTopics.topic(Names.TRANSACTION_GIVEN_UP_TOPIC, 1, SystemTopics.READ_WRITE));
        } catch (ChangeLostException e) {
            return new Settled.NotDone(new Refusal(ResponseCode.SERVICE_NOT_AVAILABLE, e.getMessage()));
        }
        LogQueue queue = parts.store().queue(Names.TRANSACTION_GIVEN_UP_TOPIC, 0);
        return settle(half.position(), () -> parts.store().append(queue, half.givenUp()));
    }

    private Settled settle(long position, Supplier<AppendOutcome> ending) {
        synchronized (locks[Math.floorMod(Long.hashCode(position), LOCKS)]) {
            if (parts.table().find(position).isEmpty()) {
                return new Settled.Done(settledEnd.get(), false);
            }
            AppendOutcome outcome = ending.get();
            if (outcome instanceof Refused refused) {
                return new Settled.NotDone(
                        StoreRefusal.of(refused, parts.config().get().sends().maxBodyBytes()));
            }
            long end = ((Appended) outcome).endPosition();
            settledEnd.accumulateAndGet(end, Math::max);
            return new Settled.Done(end, true);
        }
    }
}
