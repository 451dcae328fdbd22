package io.orbitmq.broker.manage.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.protocol.header.group.GroupHeader;
import io.orbitmq.protocol.json.Json;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/** QUERY_SUBSCRIPTION_BY_CONSUMER (345): what a group subscribed to in one topic; nothing when it is not online. */
public final class SubscriptionHandler implements RequestHandler {

    private final ConsumerGroups groups;

    public SubscriptionHandler(ManageParts parts) {
        this.groups = parts.groups();
    }

    @Override
    public void handle(Exchange exchange) {
        GroupHeader asked = GroupHeader.from(exchange.request().fields());
        ObjectNode answer = Json.object().put("group", asked.group()).put("topic", asked.topic());
        groups.find(asked.group())
                .flatMap(live -> live.subscription(asked.topic()))
                .ifPresent(subscription -> answer.set("subscriptionData", subscription.toJson()));
        Replies.body(exchange, Json.write(answer));
    }
}
