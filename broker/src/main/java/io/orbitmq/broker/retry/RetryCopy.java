package io.orbitmq.broker.retry;

import io.orbitmq.broker.DelaySettings;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.OffsetMessageId;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.LogQueue;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The copy of a message that is given back, and where it goes (protocol/07 section 10, steps 8 and 9). Any thread. */
final class RetryCopy {

    /** The first retry waits as long as level 3, each further one a level longer. */
    private static final int FIRST_LEVEL = 3;

    private final SendBackParts parts;
    private final AtomicInteger nextQueue = new AtomicInteger();

    RetryCopy(SendBackParts parts) {
        this.parts = parts;
    }

    /**
     * Where a copy goes.
     *
     * @param queue the store's
     * @param level delay level, 0 for none
     * @param realTopic the topic after the delay, empty without one
     * @param realQueueId its queue
     */
    record Target(LogQueue queue, int level, String realTopic, int realQueueId) {}

    Target deadLetter(String group) {
        TopicConfig topic = parts.retryTopics().deadLetterTopic(group);
        return new Target(parts.queues().queue(topic, 0), 0, "", 0);
    }

    /** @param asked delay level the consumer asks for, 0 to leave it to the broker */
    Target retry(TopicConfig retryTopic, int retryQueues, int asked, int reconsumeTimes) {
        int queues = Math.max(1, Math.min(retryQueues, retryTopic.writeQueues()));
        int queueId = Math.floorMod(nextQueue.getAndIncrement(), queues);
        DelaySettings delays = parts.config().get().delays();
        int level = delays.clamp(asked > 0 ? asked : FIRST_LEVEL + reconsumeTimes);
        Optional<TopicConfig> schedule = parts.topics().find(Names.SCHEDULE_TOPIC);
        if (schedule.isEmpty()) {
            return new Target(parts.queues().queue(retryTopic, queueId), 0, "", 0);
        }
        return new Target(parts.queues().queue(schedule.get(), level - 1), level, retryTopic.name(), queueId);
    }

    /** @param record the message as it stands in the log; the draft shares its body */
    MessageDraft draft(ByteBuffer record, Target target) {
        int base = record.position();
        int bodyLength = MessageRecord.bodyLength(record, base);
        return new MessageDraft(
                MessageRecord.flag(record, base),
                MessageRecord.sysFlag(record, base),
                MessageRecord.bornTimestamp(record, base),
                MessageRecord.bornHost(record, base),
                parts.address().storeHost(),
                MessageRecord.reconsumeTimes(record, base) + 1,
                0,
                record.slice(MessageRecord.bodyPosition(record, base), bodyLength),
                properties(record, base, target).toBytes());
    }

    private static MessageProperties properties(ByteBuffer record, int base, Target target) {
        MessageProperties properties = MessageProperties.ofRecord(record, base);
        if (!properties.has(PropertyNames.RETRY_TOPIC)) {
            properties.put(PropertyNames.RETRY_TOPIC, MessageRecord.topic(record, base));
        }
        if (!properties.has(PropertyNames.ORIGIN_MESSAGE_ID)) {
            String first = new OffsetMessageId(
                            MessageRecord.storeHost(record, base), MessageRecord.physicalOffset(record, base))
                    .encode();
            properties.put(PropertyNames.ORIGIN_MESSAGE_ID, first);
        }
        properties
                .put(PropertyNames.DELAY, Integer.toString(target.level()))
                .put(PropertyNames.WAIT, "false")
                .remove(PropertyNames.CRC32)
                .remove(PropertyNames.REAL_TOPIC)
                .remove(PropertyNames.REAL_QID);
        if (!target.realTopic().isEmpty()) {
            properties
                    .put(PropertyNames.REAL_TOPIC, target.realTopic())
                    .put(PropertyNames.REAL_QID, Integer.toString(target.realQueueId()));
        }
        return properties;
    }
}
