package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.PropertyNames;

/** What a single message's properties may ask for (protocol/04 section 2, rows 12 to 14). Stateless. */
final class MessageRules {

    private static final String CLEANUP_POLICY = "cleanup.policy";
    private static final String COMPACTION = "COMPACTION";
    private static final long MS_PER_SECOND = 1000;

    private final Clock clock;

    MessageRules(Clock clock) {
        this.clock = clock;
    }

    Refusal check(BrokerConfig config, TopicConfig topic, PropertyScan scan, SendMessageHeader header) {
        if (!scan.hasKeys() && isCompacted(topic)) {
            return new Refusal(ResponseCode.MESSAGE_ILLEGAL, "Required message key is missing");
        }
        boolean half = HalfRoute.isHalf(header, scan);
        if (half && config.sends().rejectTransactions()) {
            return new Refusal(
                    ResponseCode.NO_PERMISSION,
                    "the broker[" + config.identity().advertisedHost() + "] sending transaction message is forbidden");
        }
        if (scan.hasInnerNumber()) {
            return StoreRefusal.illegal(
                    "The property INNER_NUM belongs to the broker; send the message without it.",
                    config.store().maxMessageSizeBytes());
        }
        if (half && scan.isTimed() && scan.delay().isEmpty() && isInFuture(header.properties())) {
            return StoreRefusal.illegal(
                    "A transactional message cannot have a delivery time of its own (TIMER_ properties); use a delay"
                            + " level, which counts from the commit on.",
                    config.store().maxMessageSizeBytes());
        }
        return Refusal.NONE;
    }

    static boolean isCompacted(TopicConfig topic) {
        return COMPACTION.equals(topic.attributes().get(CLEANUP_POLICY));
    }

    /** A time that has passed is no delay; one that is no number is refused like a future one. */
    private boolean isInFuture(String text) {
        MessageProperties properties = MessageProperties.parse(text);
        try {
            if (properties.has(PropertyNames.TIMER_DELAY_SEC)) {
                return Long.parseLong(properties.get(PropertyNames.TIMER_DELAY_SEC)) * MS_PER_SECOND > 0;
            }
            if (properties.has(PropertyNames.TIMER_DELAY_MS)) {
                return Long.parseLong(properties.get(PropertyNames.TIMER_DELAY_MS)) > 0;
            }
            return Long.parseLong(properties.get(PropertyNames.TIMER_DELIVER_MS)) > clock.epochMs();
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
