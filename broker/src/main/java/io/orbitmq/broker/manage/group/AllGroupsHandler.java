package io.orbitmq.broker.manage.group;

import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.group.GroupConfigTable;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Map;
import java.util.TreeMap;

/** GET_ALL_SUBSCRIPTIONGROUP_CONFIG (201): the settings of all groups, sorted by name. */
public final class AllGroupsHandler implements RequestHandler {

    private final GroupConfigs groupConfigs;

    public AllGroupsHandler(ManageParts parts) {
        this.groupConfigs = parts.groupConfigs();
    }

    @Override
    public void handle(Exchange exchange) {
        Map<String, GroupConfig> byName = new TreeMap<>();
        groupConfigs.all().forEach(group -> byName.put(group.name(), group));
        if (byName.isEmpty()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "No subscription group in this broker");
            return;
        }
        Replies.body(exchange, new GroupConfigTable(groupConfigs.version(), byName).encode());
    }
}
