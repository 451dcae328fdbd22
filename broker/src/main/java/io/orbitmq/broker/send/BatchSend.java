package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.dedup.SentMessages;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.MalformedBodyException;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.message.BatchDrafts;
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
import java.nio.charset.StandardCharsets;

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
            MessageBatch batch = MessageBatch.of(exchange.request().body());
            if (MessageRules.isCompacted(topic) && !allHaveKeys(batch)) {
                answers.refuse(exchange, new Refusal(ResponseCode.MESSAGE_ILLEGAL, "Required message key is missing"));
                return;
            }
            store(exchange, header, topic, batch, scan);
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

    private static boolean allHaveKeys(MessageBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            String keys = MessageProperties.find(
                    batch.bytes(), batch.propertiesPosition(i), batch.propertiesLength(i), PropertyNames.KEYS);
            if (keys.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void store(
            Exchange exchange, SendMessageHeader header, TopicConfig topic, MessageBatch batch, PropertyScan scan) {
        BrokerConfig config = context.config();
        String shared = scan.needsRewrite() ? PropertyStamp.cleaned(header.properties()) : header.properties();
        byte[] stamp = context.stamp()
                .bytes(shared.getBytes(StandardCharsets.UTF_8), config.sends().traceOn());
        MessageDraft common = context.draft(exchange, header, topic, 0, batch.bytes(), batch.bytes(), stamp);
        long[] positions = new long[batch.size()];
        int queueId = context.chooseQueue(header.queueId(), topic);
        AppendOutcome outcome =
                context.store().appendAll(queues.queue(topic, queueId), new BatchDrafts(batch, common), positions);
        if (outcome instanceof Refused refused) {
            answers.refuse(exchange, StoreRefusal.of(refused, config.store().maxMessageSizeBytes()));
        } else if (outcome instanceof Appended appended) {
            context.stored(exchange, header, topic, SentMessages.uniqueKey(batch), appended);
            answers.stored(
                    exchange,
                    new SendAnswers.Place(
                            OffsetMessageIds.of(common.storeHost(), positions),
                            queueId,
                            appended.queueOffset(),
                            scan.uniqueKey(),
                            appended.endPosition()),
                    "",
                    scan.waitsForDisk());
            context.traffic().sent(header.topic(), batch.size(), appended.endPosition() - appended.position());
        }
    }

    private Refusal illegal(String text) {
        return StoreRefusal.illegal(text, context.config().store().maxMessageSizeBytes());
    }
}
