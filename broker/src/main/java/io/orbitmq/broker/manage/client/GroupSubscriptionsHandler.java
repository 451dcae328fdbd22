package io.orbitmq.broker.manage.client;

import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.MemberSubscriptions;
import io.orbitmq.broker.group.SubscriptionConflict;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.protocol.body.client.GroupSubscriptions;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.header.group.ConsumerGroupHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Comparator;

/** GET_GROUP_SUBSCRIPTIONS (70101): what each member of a live group subscribed to, and where they differ. */
public final class GroupSubscriptionsHandler implements RequestHandler {

    private final ConsumerGroups groups;

    public GroupSubscriptionsHandler(ManageParts parts) {
        this.groups = parts.groups();
    }

    @Override
    public void handle(Exchange exchange) {
        String name = ConsumerGroupHeader.from(exchange.request().fields()).consumerGroup();
        OnlineGroup.orRefuse(
                exchange,
                groups,
                name,
                group -> Replies.body(
                        exchange,
                        new GroupSubscriptions(
                                        name,
                                        group.memberSubscriptions().stream()
                                                .map(GroupSubscriptionsHandler::member)
                                                .toList(),
                                        group.conflicts().stream()
                                                .map(GroupSubscriptionsHandler::conflict)
                                                .toList())
                                .encode()));
    }

    private static GroupSubscriptions.Member member(MemberSubscriptions told) {
        return new GroupSubscriptions.Member(
                told.clientId(),
                told.mode().type().name(),
                told.mode().model().name(),
                told.mode().consumeFromWhere(),
                told.isKnown(),
                told.byTopic().values().stream()
                        .sorted(Comparator.comparing(Subscription::topic))
                        .toList());
    }

    private static GroupSubscriptions.Conflict conflict(SubscriptionConflict found) {
        return new GroupSubscriptions.Conflict(
                found.kind().name(), found.topic(), found.clientA(), found.valueA(), found.clientB(), found.valueB());
    }
}
