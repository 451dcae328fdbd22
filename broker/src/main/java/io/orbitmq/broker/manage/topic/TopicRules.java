package io.orbitmq.broker.manage.topic;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.topic.SystemTopics;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.message.Names;
import java.util.Map;

/** What a topic posted by an operator must keep to, in the order of protocol/11 section 3.2. Safe for any thread. */
final class TopicRules {

    private static final int MOST_QUEUES = 65_535;
    private static final int MOST_PERMISSION = 7;

    private final LiveConfig config;
    private final Topics topics;

    TopicRules(LiveConfig config, Topics topics) {
        this.config = config;
        this.topics = topics;
    }

    /** The verdict on a posted topic. */
    sealed interface Verdict {

        /** @param topic what to store; the same as before when nothing changes */
        record Allowed(TopicConfig topic) implements Verdict {}

        /** @param refusal what to answer */
        record Forbidden(Refusal refusal) implements Verdict {

            Forbidden(int code, String remark) {
                this(new Refusal(code, remark));
            }
        }
    }

    /** Whether the name may be changed or deleted by operators. */
    Refusal checkName(String topic) {
        Refusal fault = Names.topicFault(topic)
                .map(text -> new Refusal(ResponseCode.INVALID_PARAMETER, text))
                .orElse(Refusal.NONE);
        return fault.isNone() ? checkNotSystem(topic) : fault;
    }

    /** Deleting asks less of a name: it may be one that nobody could create today. */
    Refusal checkDeletable(String topic) {
        if (topic.isBlank()) {
            return new Refusal(ResponseCode.INVALID_PARAMETER, "The specified topic is blank.");
        }
        return checkNotSystem(topic);
    }

    /** @param posted its attributes are changes, an empty value stands for removal */
    Verdict check(TopicConfig posted) {
        Refusal name = checkName(posted.name());
        if (!name.isNone()) {
            return new Verdict.Forbidden(name);
        }
        if (TopicAttributes.asksForMixed(posted.attributes())) {
            return new Verdict.Forbidden(ResponseCode.INVALID_PARAMETER, "MIXED message type is not supported.");
        }
        Refusal numbers = checkNumbers(posted);
        if (!numbers.isNone()) {
            return new Verdict.Forbidden(numbers);
        }
        Map<String, String> before =
                topics.find(posted.name()).map(TopicConfig::attributes).orElse(Map.of());
        try {
            return new Verdict.Allowed(posted.withAttributes(TopicAttributes.apply(before, posted.attributes())));
        } catch (IllegalArgumentException e) {
            return new Verdict.Forbidden(ResponseCode.SYSTEM_ERROR, e.getMessage());
        }
    }

    private Refusal checkNotSystem(String topic) {
        boolean conflict = config.get().topics().protectSystemTopics()
                && SystemTopics.of(config.get()).contains(topic);
        return conflict
                ? new Refusal(ResponseCode.INVALID_PARAMETER, "The topic[" + topic + "] is conflict with system topic.")
                : Refusal.NONE;
    }

    private static Refusal checkNumbers(TopicConfig posted) {
        boolean queuesFit = isQueueCount(posted.readQueues()) && isQueueCount(posted.writeQueues());
        if (!queuesFit) {
            return new Refusal(
                    ResponseCode.INVALID_PARAMETER,
                    "a topic has between 0 and " + MOST_QUEUES + " queues, found readQueueNums=" + posted.readQueues()
                            + " writeQueueNums=" + posted.writeQueues());
        }
        return posted.permission() < 0 || posted.permission() > MOST_PERMISSION
                ? new Refusal(
                        ResponseCode.INVALID_PARAMETER,
                        "a permission is the sum of 4 (read), 2 (write) and 1 (inherit), found " + posted.permission())
                : Refusal.NONE;
    }

    private static boolean isQueueCount(int count) {
        return count >= 0 && count <= MOST_QUEUES;
    }
}
