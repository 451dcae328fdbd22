package io.orbitmq.broker.send;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.request.DurableAnswers;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.message.UniqueKeyGenerator;
import io.orbitmq.store.MessageStore;

/**
 * The parts a send handler is made of.
 *
 * @param config current settings
 * @param topics to look up and create
 * @param queues the store's queues of topics
 * @param retryRule for sends to retry topics
 * @param delays for messages that are delivered later
 * @param store where messages go
 * @param durable answers that wait for the disk
 * @param address of this broker
 * @param uniqueKeys for messages without one
 * @param traffic told what was stored
 * @param repeats recognises what is sent again
 * @param clock for times in the future
 */
public record SendAssembly(
        LiveConfig config,
        Topics topics,
        QueueHandles queues,
        RetryRule retryRule,
        DelayedSends delays,
        MessageStore store,
        DurableAnswers durable,
        AdvertisedAddress address,
        UniqueKeyGenerator uniqueKeys,
        TrafficRecorder traffic,
        RepeatedSends repeats,
        Clock clock) {

    /** For requests that carry a message but are no sends. */
    public PlainSend plain() {
        return new PlainSend(
                new Admission(config, topics, clock),
                new SendTopics(topics, store, traffic),
                new SendContext(config, store, address, uniqueKeys, repeats),
                new SendAnswers(config, durable));
    }

    /** The handler of codes 10, 310 and 320. */
    public SendHandler handler() {
        SendContext context = new SendContext(config, store, address, uniqueKeys, repeats);
        SendAnswers answers = new SendAnswers(config, durable);
        Router router = new Router(topics, queues, retryRule, delays);
        return new SendHandler(
                new Admission(config, topics, clock),
                new SendTopics(topics, store, traffic),
                new SingleSend(context, router, new MessageRules(), answers),
                new BatchSend(context, answers),
                answers,
                new RepeatCheck(repeats, context, answers));
    }
}
