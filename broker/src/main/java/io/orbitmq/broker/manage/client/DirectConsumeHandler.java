package io.orbitmq.broker.manage.client;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.group.ClientRelayHeader;
import io.orbitmq.protocol.message.OffsetMessageId;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * CONSUME_MESSAGE_DIRECTLY (309): gives one stored message to one client and tells what its listener said. May wait for
 * the disk.
 */
public final class DirectConsumeHandler implements RequestHandler {

    private final LiveConfig config;
    private final Topics topics;
    private final GroupConfigs groupConfigs;
    private final MessageStore store;
    private final ClientRelay relay;

    public DirectConsumeHandler(ManageParts parts) {
        this.config = parts.config();
        this.topics = parts.topics();
        this.groupConfigs = parts.groupConfigs();
        this.store = parts.store();
        this.relay = new ClientRelay(parts.groups());
    }

    @Override
    public void handle(Exchange exchange) {
        ClientRelayHeader asked = ClientRelayHeader.from(exchange.request().fields());
        Optional<OffsetMessageId> id = OffsetMessageId.decode(asked.messageId());
        if (id.isEmpty()) {
            exchange.refuse(
                    ResponseCode.SYSTEM_ERROR,
                    "msgId must be an offset message id of 32 or 56 hexadecimal digits, found '" + asked.messageId()
                            + "'; find the message by its unique key first");
            return;
        }
        Optional<ByteBuffer> record = store.recordAt(id.get().position());
        if (record.isEmpty()) {
            exchange.refuse(
                    ResponseCode.SYSTEM_ERROR,
                    "can not find message by the offset, " + id.get().position());
            return;
        }
        ClientRelayHeader told = new ClientRelayHeader(
                asked.consumerGroup(),
                asked.clientId(),
                asked.stackTrace(),
                asked.messageId(),
                config.get().identity().brokerName(),
                asked.topic(),
                topics.find(asked.topic()).map(TopicConfig::sysFlag).orElse(0),
                groupConfigs
                        .find(asked.consumerGroup())
                        .map(GroupConfig::sysFlag)
                        .orElse(0));
        relay.relay(
                exchange,
                asked.consumerGroup(),
                asked.clientId(),
                Command.request(exchange.request().code(), told.toFields(), record.get()));
    }
}
