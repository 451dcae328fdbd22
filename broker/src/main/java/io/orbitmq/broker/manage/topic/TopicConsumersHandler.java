package io.orbitmq.broker.manage.topic;

import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.protocol.body.group.GroupList;
import io.orbitmq.protocol.header.topic.TopicHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Set;
import java.util.TreeSet;

/** QUERY_TOPIC_CONSUME_BY_WHO (300): groups that subscribe to a topic now or have offsets in it. */
public final class TopicConsumersHandler implements RequestHandler {

    private final ConsumerGroups groups;
    private final ConsumerOffsets offsets;

    public TopicConsumersHandler(ManageParts parts) {
        this.groups = parts.groups();
        this.offsets = parts.offsets();
    }

    @Override
    public void handle(Exchange exchange) {
        String topic = TopicHeader.from(exchange.request().fields()).topic();
        Set<String> names = new TreeSet<>(groups.subscribersOf(topic));
        names.addAll(offsets.groupsOf(topic));
        Replies.body(exchange, GroupList.of(names).encode());
    }
}
