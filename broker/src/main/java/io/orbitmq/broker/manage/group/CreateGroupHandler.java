package io.orbitmq.broker.manage.group;

import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.group.GroupConfigList;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UPDATE_AND_CREATE_SUBSCRIPTIONGROUP (200) and its list form (225): all or none of the posted groups, answered once they
 * are durable.
 */
public final class CreateGroupHandler implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CreateGroupHandler.class);

    private final GroupConfigs groupConfigs;

    public CreateGroupHandler(ManageParts parts) {
        this.groupConfigs = parts.groupConfigs();
    }

    @Override
    public void handle(Exchange exchange) {
        ByteBuffer body = exchange.request().body();
        List<GroupConfig> posted = exchange.request().code() == RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST
                ? GroupConfigList.decode(body).groups()
                : List.of(GroupConfig.decode(body));
        for (GroupConfig group : posted) {
            Refusal refusal = check(group);
            if (!refusal.isNone()) {
                refusal.answer(exchange);
                return;
            }
        }
        LOG.info(
                "event=groups-changed-by-operator count={} first={} remote={}",
                posted.size(),
                posted.isEmpty() ? "" : posted.get(0).name(),
                exchange.connection().remoteAddress());
        Replies.whenDone(exchange, groupConfigs.putAll(posted));
    }

    private static Refusal check(GroupConfig group) {
        if (!Names.isGroupName(group.name())) {
            return new Refusal(
                    ResponseCode.INVALID_PARAMETER,
                    "a group's name has 1 to " + Names.MAX_GROUP_CHARS + " characters of ^[%|a-zA-Z0-9_-]+$, found '"
                            + group.name() + "'");
        }
        return group.attributes().keySet().stream()
                .findFirst()
                .map(key -> new Refusal(
                        ResponseCode.SYSTEM_ERROR,
                        "unsupported key: " + (key.startsWith("+") ? key.substring(1) : key)))
                .orElse(Refusal.NONE);
    }
}
