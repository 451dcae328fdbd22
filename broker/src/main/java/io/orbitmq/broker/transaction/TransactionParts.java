package io.orbitmq.broker.transaction;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.group.ProducerGroups;
import io.orbitmq.broker.request.DurableAnswers;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.store.MessageStore;

/**
 * What transactions work with.
 *
 * @param config current settings
 * @param table what is open
 * @param topics all topics
 * @param producers who can be asked
 * @param store messages
 * @param durable answers that wait for the disk
 * @param delays decides when what is committed is delivered
 * @param scheduler of the check-backs alone; its tasks may wait for the disk
 * @param clock time
 */
public record TransactionParts(
        LiveConfig config,
        OpenTransactions table,
        Topics topics,
        ProducerGroups producers,
        MessageStore store,
        DurableAnswers durable,
        DelayedSends delays,
        Scheduler scheduler,
        Clock clock) {}
