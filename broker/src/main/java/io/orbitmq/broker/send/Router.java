package io.orbitmq.broker.send;

import io.orbitmq.broker.delay.DelayPlan;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.PropertyNames;

/**
 * Decides where an admitted message goes: to its queue, to the dead letters of a group that gave up on it, to the half
 * messages, or to where it waits for its time (protocol/04 sections 2.2 and 4, protocol/06 sections 1, 2 and 4).
 * Stateless.
 */
final class Router {

    private final QueueHandles queues;
    private final RetryRule retryRule;
    private final DelayedSends delays;
    private final HalfRoute halfRoute;

    Router(Topics topics, QueueHandles queues, RetryRule retryRule, DelayedSends delays) {
        this.queues = queues;
        this.delays = delays;
        this.retryRule = retryRule;
        this.halfRoute = new HalfRoute(topics, queues, delays);
    }

    /**
     * @param queueId the queue asked for or chosen
     * @param properties the producer's, ready to be stored
     */
    Route route(SendRequest send, int queueId, String properties) {
        ReceivedSend header = send.header();
        PropertyScan scan = send.scan();
        TopicConfig topic = send.topic().config();
        if (Names.isRetryTopic(topic.name())) {
            Refusal refusal = retryRule.check(topic.name());
            if (!refusal.isNone()) {
                return new Route.Nowhere(refusal);
            }
            if (retryRule.isGivenUp(send.exchange().request(), header)) {
                return deadLetter(topic.name(), properties);
            }
        }
        if (HalfRoute.isHalf(header, scan)) {
            return halfRoute.route(header, topic, queueId, scan, properties);
        }
        return scan.delay().isEmpty() && !scan.isTimed()
                ? new Route.Into(queues.queue(topic, queueId), properties, "")
                : delayed(topic, queueId, properties);
    }

    private Route deadLetter(String retryTopic, String properties) {
        String undelayed = MessageProperties.parse(properties)
                .put(PropertyNames.DELAY, "-1")
                .encode();
        return new Route.Into(queues.queue(retryRule.deadLetterTopic(retryTopic), 0), undelayed, "");
    }

    private Route delayed(TopicConfig topic, int queueId, String properties) {
        MessageProperties parsed = MessageProperties.parse(properties);
        DelayPlan plan = delays.plan(parsed, topic.name(), queueId);
        if (plan instanceof DelayPlan.Later later) {
            boolean recallable = later.isRecallable() && !Names.isRetryTopic(topic.name());
            return new Route.Into(later.queue(), parsed.encode(), "", recallable ? later.dueMs() : 0);
        }
        return plan instanceof DelayPlan.Refused refused
                ? new Route.Nowhere(refused.refusal())
                : new Route.Into(queues.queue(topic, queueId), properties, "");
    }
}
