package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.send.ReceivedSend;

/** What a single message's properties may ask for (protocol/04 section 2, rows 12 to 14). Stateless. */
final class MessageRules {

    private static final String CLEANUP_POLICY = "cleanup.policy";
    private static final String COMPACTION = "COMPACTION";

    Refusal check(BrokerConfig config, TopicConfig topic, PropertyScan scan, ReceivedSend header) {
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
                    config.sends().maxBodyBytes());
        }
        return Refusal.NONE;
    }

    static boolean isCompacted(TopicConfig topic) {
        return COMPACTION.equals(topic.attributes().get(CLEANUP_POLICY));
    }
}
