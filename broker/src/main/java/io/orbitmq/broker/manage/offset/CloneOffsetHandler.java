package io.orbitmq.broker.manage.offset;

import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.LiveGroup;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.header.offset.CloneOffsetHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CLONE_GROUP_OFFSET (314): gives one group the offsets of another, in one topic or in all the other has offsets of.
 * Topics that are gone, or that the online source does not subscribe to, are skipped.
 */
public final class CloneOffsetHandler implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CloneOffsetHandler.class);

    private final Topics topics;
    private final ConsumerGroups groups;
    private final ConsumerOffsets offsets;

    public CloneOffsetHandler(ManageParts parts) {
        this.topics = parts.topics();
        this.groups = parts.groups();
        this.offsets = parts.offsets();
    }

    @Override
    public void handle(Exchange exchange) {
        CloneOffsetHeader asked = CloneOffsetHeader.from(exchange.request().fields());
        LOG.info(
                "event=offsets-cloned-by-operator from={} to={} topic={} remote={}",
                asked.sourceGroup(),
                asked.targetGroup(),
                asked.topic(),
                exchange.connection().remoteAddress());
        Set<String> chosen = asked.topic().isBlank() ? offsets.topicsOf(asked.sourceGroup()) : Set.of(asked.topic());
        Optional<LiveGroup> source = asked.offline() ? Optional.empty() : groups.find(asked.sourceGroup());
        List<CompletableFuture<Void>> changes = new ArrayList<>();
        for (String topic : chosen) {
            boolean subscribed =
                    source.map(live -> live.subscription(topic).isPresent()).orElse(true);
            if (subscribed && topics.find(topic).isPresent()) {
                changes.add(offsets.updateAll(asked.targetGroup(), topic, offsets.offsets(asked.sourceGroup(), topic)));
            }
        }
        Replies.whenDone(exchange, CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new)));
    }
}
