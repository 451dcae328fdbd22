package io.orbitmq.broker.offset;

import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.offset.UpdateOffsetHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/**
 * UPDATE_CONSUMER_OFFSET: a client tells how far it has come (protocol/07 section 7). Without anybody waiting for the
 * answer the offset is only remembered and reaches the log with the others; else it is answered when durable.
 */
public final class UpdateOffsetHandler implements RequestHandler {

    private final ConsumerOffsets offsets;
    private final GroupConfigs groups;
    private final Topics topics;

    public UpdateOffsetHandler(ConsumerOffsets offsets, GroupConfigs groups, Topics topics) {
        this.offsets = offsets;
        this.groups = groups;
        this.topics = topics;
    }

    @Override
    public void handle(Exchange exchange) {
        Command request = exchange.request();
        Refusal refusal = check(request.fields());
        if (!refusal.isNone()) {
            refusal.answer(exchange);
            return;
        }
        UpdateOffsetHeader header = UpdateOffsetHeader.from(request.fields());
        String group = header.consumerGroup();
        if (offsets.pendingReset(group, header.topic(), header.queueId()) >= 0) {
            exchange.refuse(ResponseCode.SUCCESS, "Offset has been previously reset");
        } else if (!offsets.hasRoom(group, header.topic(), header.queueId())) {
            exchange.refuse(
                    ResponseCode.INVALID_PARAMETER,
                    "the group " + group + " has offsets of too many queues of " + header.topic()
                            + "; remove them with the reset command");
        } else if (request.isOneWay()) {
            offsets.commit(group, header.topic(), header.queueId(), header.commitOffset());
        } else {
            update(exchange, header);
        }
    }

    private Refusal check(Fields fields) {
        String group = fields.text("consumerGroup");
        String topic = fields.text("topic");
        if (groups.find(group).isEmpty()) {
            return new Refusal(ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST, "Group " + group + " not exist!");
        }
        if (topics.find(topic).isEmpty()) {
            return new Refusal(ResponseCode.TOPIC_NOT_EXIST, "Topic " + topic + " not exist!");
        }
        if (!fields.has("queueId")) {
            return new Refusal(ResponseCode.INVALID_PARAMETER, "QueueId is null, topic is " + topic);
        }
        if (!fields.has("commitOffset")) {
            return new Refusal(ResponseCode.INVALID_PARAMETER, "Offset is null, topic is " + topic);
        }
        return Refusal.NONE;
    }

    private void update(Exchange exchange, UpdateOffsetHeader header) {
        offsets.update(header.consumerGroup(), header.topic(), header.queueId(), header.commitOffset())
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        exchange.succeed(Fields.NONE);
                    } else {
                        exchange.refuse(ResponseCode.SYSTEM_ERROR, failure.getMessage());
                    }
                });
    }
}
