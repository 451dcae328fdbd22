package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.dedup.SentMessages;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.MalformedBodyException;
import io.orbitmq.protocol.header.send.StoredAnswerHeader;
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

/**
 * Stores a batch: one record per message with consecutive offsets, all or none. Each gets its own properties followed by
 * the batch's, so the batch's UNIQ_KEY is the one that counts (protocol/03 section 8.1). Never blocks.
 */
final class BatchSend {

    private final SendContext context;
    private final SendAnswers answers;

    BatchSend(SendContext context, SendAnswers answers) {
        this.context = context;
        this.answers = answers;
    }

    void send(SendRequest send) {
        Refusal refusal = check(send);
        if (!refusal.isNone()) {
            answers.refuse(send.exchange(), refusal);
            return;
        }
        try {
            MessageBatch batch = MessageBatch.of(send.exchange().request().body());
            if (MessageRules.isCompacted(send.topic().config()) && !allHaveKeys(batch)) {
                answers.refuse(
                        send.exchange(), new Refusal(ResponseCode.MESSAGE_ILLEGAL, "Required message key is missing"));
                return;
            }
            store(send, batch);
        } catch (MalformedBodyException e) {
            answers.refuse(send.exchange(), illegal(String.valueOf(e.getMessage())));
        }
    }

    private Refusal check(SendRequest send) {
        String topic = send.topic().name();
        if (Names.isRetryTopic(topic)) {
            return new Refusal(ResponseCode.MESSAGE_ILLEGAL, "batch request does not support retry group " + topic);
        }
        if (SysFlag.transactionType(send.header().sysFlag()) != SysFlag.TRANSACTION_NONE
                || send.scan().isTransactional()) {
            return illegal("A batch cannot be part of a transaction.");
        }
        return isDelayed(send.scan()) ? illegal("A batch cannot be delayed.") : Refusal.NONE;
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

    private void store(SendRequest send, MessageBatch batch) {
        BrokerConfig config = context.config();
        PropertyScan scan = send.scan();
        byte[] stamp = context.stamp(scan.kept());
        MessageDraft common = context.draft(send, 0, batch.bytes(), stamp);
        long[] positions = new long[batch.size()];
        int queueId = context.chooseQueue(send.header().queueId(), send.topic());
        AppendOutcome outcome =
                context.store().appendAll(send.topic().queue(queueId), new BatchDrafts(batch, common), positions);
        if (outcome instanceof Refused refused) {
            answers.refuse(
                    send.exchange(), StoreRefusal.of(refused, config.sends().maxBodyBytes()));
        } else if (outcome instanceof Appended appended) {
            context.stored(send, SentMessages.uniqueKey(batch), appended);
            answers.stored(
                    send.exchange(),
                    new StoredAnswerHeader(
                            OffsetMessageIds.of(common.storeHost(), positions),
                            queueId,
                            appended.queueOffset(),
                            scan.uniqueKey(),
                            "",
                            answers.common()),
                    appended.endPosition(),
                    scan.waitsForDisk());
            send.topic().sent().add(batch.size(), appended.endPosition() - appended.position());
        }
    }

    private Refusal illegal(String text) {
        return StoreRefusal.illegal(text, context.config().sends().maxBodyBytes());
    }
}
