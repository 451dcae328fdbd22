package io.orbitmq.broker.retry;

import io.orbitmq.broker.DelaySettings;
import io.orbitmq.broker.delay.DelayPlan;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.OffsetMessageId;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.LogQueue;
import java.nio.ByteBuffer;
import java.time.Duration;
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
     * What to append.
     *
     * @param queue where
     * @param draft shares the body of the message it was made of
     */
    record Copy(LogQueue queue, MessageDraft draft) {}

    /** The end of it. */
    Copy deadLetter(ByteBuffer record, String group) {
        TopicConfig topic = parts.retryTopics().deadLetterTopic(group);
        MessageProperties properties = properties(record).put(PropertyNames.DELAY, "0");
        return new Copy(parts.queues().queue(topic, 0), draft(record, properties));
    }

    /**
     * Another try, after a wait.
     *
     * @param asked delay level the consumer asks for, 0 to leave it to the group's policy or the broker
     */
    Copy retry(ByteBuffer record, GroupConfig group, TopicConfig retryTopic, int asked) {
        int queues = Math.max(1, Math.min(group.retryQueues(), retryTopic.writeQueues()));
        int queueId = Math.floorMod(nextQueue.getAndIncrement(), queues);
        int times = MessageRecord.reconsumeTimes(record, record.position());
        MessageProperties properties = properties(record);
        Optional<Duration> wait = asked > 0 ? Optional.empty() : RetryWait.of(group.retryPolicy(), times);
        DelaySettings delays = parts.config().get().delays();
        int level = delays.clamp(asked > 0 ? asked : FIRST_LEVEL + times);
        DelayPlan.Later plan = wait.isPresent()
                ? parts.delays().after(properties, retryTopic.name(), queueId, wait.get())
                : parts.delays().atLevel(properties, retryTopic.name(), queueId, level);
        return new Copy(plan.queue(), draft(record, properties));
    }

    private MessageDraft draft(ByteBuffer record, MessageProperties properties) {
        int base = record.position();
        return new MessageDraft(
                MessageRecord.flag(record, base),
                MessageRecord.sysFlag(record, base),
                MessageRecord.bornTimestamp(record, base),
                MessageRecord.bornHost(record, base),
                parts.address().storeHost(),
                MessageRecord.reconsumeTimes(record, base) + 1,
                0,
                record.slice(MessageRecord.bodyPosition(record, base), MessageRecord.bodyLength(record, base)),
                properties.toBytes());
    }

    private static MessageProperties properties(ByteBuffer record) {
        int base = record.position();
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
        return properties
                .put(PropertyNames.WAIT, "false")
                .remove(PropertyNames.CRC32)
                .remove(PropertyNames.REAL_TOPIC)
                .remove(PropertyNames.REAL_QID);
    }
}
