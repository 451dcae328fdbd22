package io.orbitmq.broker.send;

import io.orbitmq.broker.delay.DelayPlan;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.PropertyNames;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The way of a half message: into the topic nobody consumes, with its real topic and queue among its properties
 * (protocol/06 section 4.2). A delay among them, by level or time, is checked now and counts from the commit on.
 * Stateless.
 */
final class HalfRoute {

    /** For what the broker adds while the transaction is open, and with its end. */
    private static final int OWN_PROPERTIES_BYTES = 1024;

    private static final int MOST_PROPERTIES_BYTES = MessageRecord.MAX_PROPERTIES_BYTES - OWN_PROPERTIES_BYTES;

    private final Topics topics;
    private final QueueHandles queues;
    private final DelayedSends delays;

    HalfRoute(Topics topics, QueueHandles queues, DelayedSends delays) {
        this.delays = delays;
        this.topics = topics;
        this.queues = queues;
    }

    /** Whether the message waits for a commit; one that a consumer sends for another try was committed before. */
    static boolean isHalf(ReceivedSend header, PropertyScan scan) {
        return scan.isTransactional()
                && !(header.reconsumeTimes() > 0 && !scan.delay().isEmpty() && !isUndelayed(scan.delay()));
    }

    Route route(ReceivedSend header, TopicConfig topic, int queueId, PropertyScan scan) {
        Optional<TopicConfig> half = topics.find(Names.HALF_TOPIC);
        if (half.isEmpty()) {
            return new Route.Nowhere(new Refusal(
                    ResponseCode.SYSTEM_ERROR,
                    "the topic " + Names.HALF_TOPIC + " that half messages wait in is missing; restart the broker"));
        }
        if ((!scan.delay().isEmpty() || scan.isTimed())
                && delays.plan(scan.parsed(), topic.name(), queueId) instanceof DelayPlan.Refused refused) {
            return new Route.Nowhere(refused.refusal());
        }
        MessageProperties rewritten = scan.parsed()
                .put(PropertyNames.TRANSACTION_ID, scan.uniqueKey().text())
                .put(PropertyNames.REAL_TOPIC, topic.name())
                .put(PropertyNames.REAL_QID, Integer.toString(queueId));
        if (!rewritten.has(PropertyNames.PGROUP)) {
            rewritten.put(PropertyNames.PGROUP, header.producerGroup());
        }
        ByteBuffer properties = rewritten.toBytes();
        if (properties.remaining() > MOST_PROPERTIES_BYTES) {
            return new Route.Nowhere(new Refusal(
                    ResponseCode.MESSAGE_ILLEGAL,
                    "The half message's properties take " + properties.remaining() + " bytes with its topic and ids, a"
                            + " transaction allows " + MOST_PROPERTIES_BYTES + ". Put less into properties."));
        }
        return new Route.Into(queues.queue(half.get(), 0), properties);
    }

    private static boolean isUndelayed(String delay) {
        return delay.equals("0") || delay.startsWith("-");
    }
}
