package io.orbitmq.broker.manage.topic;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.topic.SystemTopics;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.body.topic.TopicList;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Set;
import java.util.TreeSet;

/** GET_SYSTEM_TOPIC_LIST_FROM_BROKER (305): names of the system's topics, also of those that do not exist here. */
public final class SystemTopicsHandler implements RequestHandler {

    private final LiveConfig config;

    public SystemTopicsHandler(ManageParts parts) {
        this.config = parts.config();
    }

    @Override
    public void handle(Exchange exchange) {
        BrokerConfig settings = config.get();
        SystemTopics system = SystemTopics.of(settings);
        Set<String> names = new TreeSet<>(system.unwanted());
        system.wanted().stream().map(TopicConfig::name).forEach(names::add);
        names.add(Names.AUTO_CREATE_TOPIC);
        names.add(Names.TRANSACTION_GIVEN_UP_TOPIC);
        names.add(Names.CHECKPOINT_TOPIC);
        names.add(settings.topics().traceTopicName());
        Replies.body(exchange, TopicList.of(names).encode());
    }
}
