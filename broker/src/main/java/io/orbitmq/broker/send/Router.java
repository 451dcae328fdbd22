package io.orbitmq.broker.send;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.PropertyNames;
import java.util.Optional;

/**
 * Decides where an admitted message goes: to its queue, to the dead letters of a group that gave up on it, to the half
 * messages, or to the delay level it asks for (protocol/04 sections 2.2 and 4, protocol/06 sections 1 and 4). Stateless.
 */
final class Router {

    private final LiveConfig config;
    private final Topics topics;
    private final QueueHandles queues;
    private final RetryRule retryRule;
    private final HalfRoute halfRoute;

    Router(LiveConfig config, Topics topics, QueueHandles queues, RetryRule retryRule) {
        this.config = config;
        this.topics = topics;
        this.queues = queues;
        this.retryRule = retryRule;
        this.halfRoute = new HalfRoute(topics, queues);
    }

    /**
     * @param queueId the queue asked for or chosen
     * @param properties the producer's, ready to be stored
     */
    Route route(
            Command request,
            SendMessageHeader header,
            TopicConfig topic,
            int queueId,
            PropertyScan scan,
            String properties) {
        if (Names.isRetryTopic(topic.name())) {
            Refusal refusal = retryRule.check(topic.name());
            if (!refusal.isNone()) {
                return new Route.Nowhere(refusal);
            }
            if (retryRule.isGivenUp(request, header)) {
                return deadLetter(topic.name(), properties);
            }
        }
        if (HalfRoute.isHalf(header, scan)) {
            return halfRoute.route(header, topic, queueId, scan, properties);
        }
        if (scan.delay().isEmpty()) {
            return new Route.Into(queues.queue(topic, queueId), properties, "");
        }
        return delayed(topic, queueId, scan.delay(), properties);
    }

    static Refusal noLevel(String delay) {
        return new Refusal(
                ResponseCode.SYSTEM_ERROR,
                "the property DELAY must be the number of a delay level, found '" + delay + "'");
    }

    private Route deadLetter(String retryTopic, String properties) {
        String undelayed = MessageProperties.parse(properties)
                .put(PropertyNames.DELAY, "-1")
                .encode();
        return new Route.Into(queues.queue(retryRule.deadLetterTopic(retryTopic), 0), undelayed, "");
    }

    private Route delayed(TopicConfig topic, int queueId, String delay, String properties) {
        int asked;
        try {
            asked = Integer.parseInt(delay);
        } catch (NumberFormatException e) {
            return new Route.Nowhere(noLevel(delay));
        }
        int level = config.get().delays().clamp(asked);
        if (level == 0) {
            return new Route.Into(queues.queue(topic, queueId), properties, "");
        }
        Optional<TopicConfig> schedule = topics.find(Names.SCHEDULE_TOPIC);
        if (schedule.isEmpty()) {
            return new Route.Nowhere(new Refusal(
                    ResponseCode.SYSTEM_ERROR,
                    "the topic " + Names.SCHEDULE_TOPIC
                            + " that delayed messages wait in is missing; restart the broker"));
        }
        MessageProperties rewritten = MessageProperties.parse(properties)
                .put(PropertyNames.DELAY, Integer.toString(level))
                .remove(PropertyNames.TIMER_DELAY_SEC)
                .remove(PropertyNames.TIMER_DELAY_MS)
                .remove(PropertyNames.TIMER_DELIVER_MS)
                .put(PropertyNames.REAL_TOPIC, topic.name())
                .put(PropertyNames.REAL_QID, Integer.toString(queueId));
        return new Route.Into(queues.queue(schedule.get(), level - 1), rewritten.encode(), "");
    }
}
