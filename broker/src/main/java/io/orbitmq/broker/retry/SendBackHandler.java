package io.orbitmq.broker.retry;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.send.SendBackHeader;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * CONSUMER_SEND_MSG_BACK (36): a consumer could not handle a message and wants it again later (protocol/07 section 10).
 * May wait for the disk when the message is old. Answered when the copy is durable.
 */
public final class SendBackHandler implements RequestHandler {

    private final SendBackParts parts;
    private final RetryCopy copies;

    public SendBackHandler(SendBackParts parts) {
        this.parts = parts;
        this.copies = new RetryCopy(parts);
    }

    @Override
    public void handle(Exchange exchange) {
        SendBackHeader header = SendBackHeader.from(exchange.request().fields());
        Optional<GroupConfig> group = parts.groups().findOrCreate(header.group());
        BrokerConfig config = parts.config().get();
        if (group.isEmpty()) {
            exchange.refuse(
                    ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST,
                    "subscription group not exist, " + header.group() + " " + Refusal.FAQ);
        } else if (!config.topics().brokerWritable()) {
            exchange.refuse(
                    ResponseCode.NO_PERMISSION,
                    "the broker[" + config.identity().advertisedHost() + "] sending message is forbidden");
        } else if (group.get().retryQueues() <= 0) {
            exchange.succeed(Fields.NONE);
        } else {
            giveBack(exchange, header, group.get());
        }
    }

    private void giveBack(Exchange exchange, SendBackHeader header, GroupConfig group) {
        TopicConfig retryTopic = parts.retryTopics().retryTopic(group, header.unitMode(), false);
        if (!retryTopic.isWritable()) {
            exchange.refuse(
                    ResponseCode.NO_PERMISSION, "the topic[" + retryTopic.name() + "] sending message is forbidden");
            return;
        }
        Optional<ByteBuffer> record =
                header.offset() < 0 ? Optional.empty() : parts.store().recordAt(header.offset());
        if (record.isEmpty()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "look message by offset failed, " + header.offset());
            return;
        }
        store(exchange, header, retryTopic, group, record.get());
    }

    private void store(
            Exchange exchange, SendBackHeader header, TopicConfig retryTopic, GroupConfig group, ByteBuffer record) {
        int times = MessageRecord.reconsumeTimes(record, record.position());
        boolean givenUp = header.delayLevel() < 0 || times >= limit(exchange.request(), header, group);
        RetryCopy.Copy copy = givenUp
                ? copies.deadLetter(record, group.name())
                : copies.retry(record, group, retryTopic, header.delayLevel());
        AppendOutcome outcome = parts.store().append(copy.queue(), copy.draft());
        if (outcome instanceof Appended appended) {
            parts.traffic().sentBack(group.name(), MessageRecord.topic(record, record.position()), 1);
            parts.durable().succeedWhenDurable(exchange, appended.endPosition());
        } else if (outcome instanceof Refused refused) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, refused.reason() + ": " + refused.text());
        }
    }

    private static int limit(Command request, SendBackHeader header, GroupConfig group) {
        boolean given = header.maxReconsumeTimes() >= 0 && request.version() >= SendBackParts.FIRST_VERSION_WITH_LIMIT;
        return given ? header.maxReconsumeTimes() : group.retryMaxTimes();
    }
}
