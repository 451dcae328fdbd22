package io.orbitmq.broker.assignment;

import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.group.MessageRequestMode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SET_MESSAGE_REQUEST_MODE: whether a group pulls or pops a topic, answered once it is durable (protocol/07 section 15). */
final class SetRequestModeHandler implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SetRequestModeHandler.class);

    private final RequestModes modes;
    private final Topics topics;
    private final GroupConfigs groups;

    SetRequestModeHandler(RequestModes modes, Topics topics, GroupConfigs groups) {
        this.modes = modes;
        this.topics = topics;
        this.groups = groups;
    }

    @Override
    public void handle(Exchange exchange) {
        MessageRequestMode wanted = MessageRequestMode.decode(exchange.request().body());
        Refusal refusal = check(wanted);
        if (!refusal.isNone()) {
            refusal.answer(exchange);
            return;
        }
        LOG.info(
                "event=request-mode-set topic={} group={} mode={} popShareQueues={} remote={}",
                wanted.topic(),
                wanted.consumerGroup(),
                wanted.mode(),
                wanted.popShareQueues(),
                exchange.connection().remoteAddress());
        modes.put(wanted).whenComplete((done, lost) -> {
            if (lost == null) {
                exchange.succeed(Fields.NONE);
            } else {
                exchange.refuse(ResponseCode.SYSTEM_ERROR, lost.getMessage());
            }
        });
    }

    private Refusal check(MessageRequestMode wanted) {
        if (Names.isRetryTopic(wanted.topic())) {
            return new Refusal(ResponseCode.NO_PERMISSION, "retry topic is not allowed to set mode");
        }
        if (topics.find(wanted.topic()).isEmpty()) {
            return new Refusal(ResponseCode.TOPIC_NOT_EXIST, "topic[" + wanted.topic() + "] not exist");
        }
        if (groups.findOrCreate(wanted.consumerGroup()).isEmpty()) {
            return new Refusal(ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST, "subscription group does not exist");
        }
        return Refusal.NONE;
    }
}
