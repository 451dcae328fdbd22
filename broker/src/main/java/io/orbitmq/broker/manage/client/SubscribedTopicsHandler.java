package io.orbitmq.broker.manage.client;

import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.protocol.body.topic.TopicList;
import io.orbitmq.protocol.header.group.GroupHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Set;
import java.util.TreeSet;

/** QUERY_TOPICS_BY_CONSUMER (343): topics that a group subscribes to now or has offsets in. */
public final class SubscribedTopicsHandler implements RequestHandler {

    private final ConsumerGroups groups;
    private final ConsumerOffsets offsets;

    public SubscribedTopicsHandler(ManageParts parts) {
        this.groups = parts.groups();
        this.offsets = parts.offsets();
    }

    @Override
    public void handle(Exchange exchange) {
        String group = GroupHeader.from(exchange.request().fields()).group();
        Set<String> topics = new TreeSet<>(offsets.topicsOf(group));
        groups.find(group).ifPresent(live -> topics.addAll(live.subscriptions().keySet()));
        Replies.body(exchange, TopicList.of(topics).encode());
    }
}
