package io.orbitmq.broker.manage.group;

import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.group.GroupHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/** GET_SUBSCRIPTIONGROUP_CONFIG (352): the settings of one group; asking does not create it. */
public final class GroupConfigHandler implements RequestHandler {

    private final GroupConfigs groupConfigs;

    public GroupConfigHandler(ManageParts parts) {
        this.groupConfigs = parts.groupConfigs();
    }

    @Override
    public void handle(Exchange exchange) {
        String group = GroupHeader.from(exchange.request().fields()).group();
        groupConfigs
                .find(group)
                .ifPresentOrElse(
                        config -> Replies.body(exchange, config.encode()),
                        () -> exchange.refuse(
                                ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST, "No group in this broker. group: " + group));
    }
}
