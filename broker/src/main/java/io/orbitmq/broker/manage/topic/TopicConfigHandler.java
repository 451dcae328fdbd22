package io.orbitmq.broker.manage.topic;

import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.topic.TopicHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/** GET_TOPIC_CONFIG (351): the settings of one topic. */
public final class TopicConfigHandler implements RequestHandler {

    private final Topics topics;

    public TopicConfigHandler(ManageParts parts) {
        this.topics = parts.topics();
    }

    @Override
    public void handle(Exchange exchange) {
        String topic = TopicHeader.from(exchange.request().fields()).topic();
        topics.find(topic)
                .ifPresentOrElse(
                        config -> Replies.body(exchange, config.encode()),
                        () -> exchange.refuse(
                                ResponseCode.TOPIC_NOT_EXIST, "No topic in this broker. topic: " + topic));
    }
}
