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
import java.nio.ByteBuffer;

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

    /** @param queueId the queue asked for or chosen */
    Route route(SendRequest send, int queueId) {
        ReceivedSend header = send.header();
        PropertyScan scan = send.scan();
        TopicConfig topic = send.topic().config();
        if (Names.isRetryTopic(topic.name())) {
            Refusal refusal = retryRule.check(topic.name());
            if (!refusal.isNone()) {
                return new Route.Nowhere(refusal);
            }
            if (retryRule.isGivenUp(send.exchange().request(), header)) {
                return deadLetter(topic.name(), scan);
            }
        }
        if (HalfRoute.isHalf(header, scan)) {
            return halfRoute.route(header, topic, queueId, scan);
        }
        return scan.delay().isEmpty() && !scan.isTimed() ? atOnce(topic, queueId, scan) : delayed(topic, queueId, scan);
    }

    private Route atOnce(TopicConfig topic, int queueId, PropertyScan scan) {
        return new Route.Into(queues.queue(topic, queueId), ByteBuffer.wrap(scan.kept()));
    }

    private Route deadLetter(String retryTopic, PropertyScan scan) {
        MessageProperties undelayed = scan.parsed().put(PropertyNames.DELAY, "-1");
        return new Route.Into(queues.queue(retryRule.deadLetterTopic(retryTopic), 0), undelayed.toBytes());
    }

    private Route delayed(TopicConfig topic, int queueId, PropertyScan scan) {
        MessageProperties properties = scan.parsed();
        DelayPlan plan = delays.plan(properties, topic.name(), queueId);
        if (plan instanceof DelayPlan.Later later) {
            boolean recallable = later.isRecallable() && !Names.isRetryTopic(topic.name());
            return new Route.Into(later.queue(), properties.toBytes(), recallable ? later.dueMs() : 0);
        }
        return plan instanceof DelayPlan.Refused refused
                ? new Route.Nowhere(refused.refusal())
                : atOnce(topic, queueId, scan);
    }
}
