package io.orbitmq.broker.manage.group;

import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.protocol.header.group.DeleteGroupHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DELETE_SUBSCRIPTIONGROUP (207): forgets a group's settings and, when asked, its offsets. Success for a group that does
 * not exist. A group that is still used comes back with default settings where groups may be created automatically.
 */
public final class DeleteGroupHandler implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteGroupHandler.class);

    private final GroupConfigs groupConfigs;
    private final ConsumerOffsets offsets;

    public DeleteGroupHandler(ManageParts parts) {
        this.groupConfigs = parts.groupConfigs();
        this.offsets = parts.offsets();
    }

    @Override
    public void handle(Exchange exchange) {
        DeleteGroupHeader asked = DeleteGroupHeader.from(exchange.request().fields());
        LOG.info(
                "event=group-deleted-by-operator group={} cleanOffset={} remote={}",
                asked.groupName(),
                asked.cleanOffset(),
                exchange.connection().remoteAddress());
        CompletableFuture<Void> deleted = groupConfigs.find(asked.groupName()).isPresent()
                ? groupConfigs.delete(asked.groupName())
                : CompletableFuture.completedFuture(null);
        // a group that stays keeps its offsets
        boolean cleans = asked.cleanOffset() && !ChangeLostException.isRefused(deleted);
        Replies.whenDone(
                exchange, cleans ? CompletableFuture.allOf(deleted, offsets.removeGroup(asked.groupName())) : deleted);
    }
}
