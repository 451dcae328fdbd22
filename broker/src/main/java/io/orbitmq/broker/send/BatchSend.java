package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.dedup.SentMessages;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.MalformedBodyException;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.message.MessageBatch;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.OffsetMessageIds;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores a batch: one record per message with consecutive offsets, all or none. Each gets its own properties followed by
 * the batch's, so the batch's UNIQ_KEY is the one that counts (protocol/03 section 8.1). Never blocks.
 */
final class BatchSend {

    private final SendContext context;
    private final QueueHandles queues;
    private final SendAnswers answers;

    BatchSend(SendContext context, QueueHandles queues, SendAnswers answers) {
        this.context = context;
        this.queues = queues;
        this.answers = answers;
    }

    void send(Exchange exchange, SendMessageHeader header, TopicConfig topic) {
        PropertyScan scan = PropertyScan.of(header.properties());
        Refusal refusal = check(header, topic, scan, exchange.request().body().remaining());
        if (!refusal.isNone()) {
            answers.refuse(exchange, refusal);
            return;
        }
        try {
            List<MessageBatch.Item> items =
                    MessageBatch.decode(exchange.request().body());
            if (MessageRules.isCompacted(topic) && !items.stream().allMatch(BatchSend::hasKeys)) {
                answers.refuse(exchange, new Refusal(ResponseCode.MESSAGE_ILLEGAL, "Required message key is missing"));
                return;
            }
            store(exchange, header, topic, items, scan);
        } catch (MalformedBodyException e) {
            answers.refuse(exchange, illegal(String.valueOf(e.getMessage())));
        }
    }

    private Refusal check(SendMessageHeader header, TopicConfig topic, PropertyScan scan, int bodyBytes) {
        if (Names.isRetryTopic(topic.name())) {
            return new Refusal(
                    ResponseCode.MESSAGE_ILLEGAL, "batch request does not support retry group " + topic.name());
        }
        int limit = context.config().store().maxMessageSizeBytes();
        if (bodyBytes > limit) {
            return illegal("The batch has " + bodyBytes + " bytes, the limit is " + limit
                    + " (maxMessageSize). Send smaller batches or raise the limit.");
        }
        if (SysFlag.transactionType(header.sysFlag()) != SysFlag.TRANSACTION_NONE || scan.isTransactional()) {
            return illegal("A batch cannot be part of a transaction.");
        }
        return isDelayed(scan) ? illegal("A batch cannot be delayed.") : Refusal.NONE;
    }

    private static boolean isDelayed(PropertyScan scan) {
        return !scan.delay().isEmpty()
                && !scan.delay().equals("0")
                && !scan.delay().startsWith("-");
    }

    private static boolean hasKeys(MessageBatch.Item item) {
        ByteBuffer properties = item.properties();
        return !MessageProperties.find(properties, 0, properties.remaining(), PropertyNames.KEYS)
                .isEmpty();
    }

    private void store(
            Exchange exchange,
            SendMessageHeader header,
            TopicConfig topic,
            List<MessageBatch.Item> items,
            PropertyScan scan) {
        BrokerConfig config = context.config();
        String batchProperties = scan.needsRewrite() ? PropertyStamp.cleaned(header.properties()) : header.properties();
        String shared = batchProperties.isEmpty() || batchProperties.endsWith("\u0002")
                ? batchProperties
                : batchProperties + '\u0002';
        List<MessageDraft> drafts = new ArrayList<>(items.size());
        for (MessageBatch.Item item : items) {
            ByteBuffer properties = context.stamp()
                    .stored(item.properties(), shared, config.sends().traceOn());
            drafts.add(context.draft(exchange, header, topic, item.flag(), item.body(), properties));
        }
        int queueId = context.chooseQueue(header.queueId(), topic);
        List<AppendOutcome> outcomes = context.store().appendAll(queues.queue(topic, queueId), drafts);
        if (outcomes.get(0) instanceof Refused refused) {
            answers.refuse(exchange, StoreRefusal.of(refused, config.store().maxMessageSizeBytes()));
            return;
        }
        context.stored(exchange, header, topic, SentMessages.uniqueKey(items), (Appended) outcomes.get(0));
        answerStored(exchange, header, drafts, outcomes, new Chosen(queueId, scan));
    }

    private void answerStored(
            Exchange exchange,
            SendMessageHeader header,
            List<MessageDraft> drafts,
            List<AppendOutcome> outcomes,
            Chosen chosen) {
        Appended first = (Appended) outcomes.get(0);
        Appended last = (Appended) outcomes.get(outcomes.size() - 1);
        long[] positions = new long[outcomes.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = ((Appended) outcomes.get(i)).position();
        }
        answers.stored(
                exchange,
                new SendAnswers.Place(
                        OffsetMessageIds.of(drafts.get(0).storeHost(), positions),
                        chosen.queueId,
                        first.queueOffset(),
                        chosen.scan.uniqueKey(),
                        last.endPosition()),
                "",
                chosen.scan.waitsForDisk());
        context.traffic().sent(header.topic(), outcomes.size(), last.endPosition() - first.position());
    }

    private Refusal illegal(String text) {
        return StoreRefusal.illegal(text, context.config().store().maxMessageSizeBytes());
    }

    private record Chosen(int queueId, PropertyScan scan) {}
}
