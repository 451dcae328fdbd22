package io.orbitmq.broker.manage.topic;

import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.body.topic.TopicConfigTable;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Map;
import java.util.TreeMap;

/** GET_ALL_TOPIC_CONFIG (21): the settings of all topics, sorted by name. */
public final class AllTopicsHandler implements RequestHandler {

    private final Topics topics;

    public AllTopicsHandler(ManageParts parts) {
        this.topics = parts.topics();
    }

    @Override
    public void handle(Exchange exchange) {
        Map<String, TopicConfig> byName = new TreeMap<>();
        topics.all().forEach(topic -> byName.put(topic.name(), topic));
        if (byName.isEmpty()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "No topic in this broker");
            return;
        }
        Replies.body(exchange, TopicConfigTable.of(topics.version(), byName).encode());
    }
}
