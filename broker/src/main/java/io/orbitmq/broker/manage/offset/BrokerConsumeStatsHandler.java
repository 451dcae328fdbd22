package io.orbitmq.broker.manage.offset;

import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.queue.BrokerConsumeStats;
import io.orbitmq.protocol.body.queue.ConsumeStats;
import io.orbitmq.protocol.body.queue.ConsumeStats.Progress;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.header.broker.BrokerConsumeStatsHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * GET_BROKER_CONSUME_STATS (317): how far all groups are. Topics a group has offsets of but does not subscribe to any more
 * are left out while the group is online.
 */
public final class BrokerConsumeStatsHandler implements RequestHandler {

    private final GroupConfigs groupConfigs;
    private final ConsumerGroups groups;
    private final ConsumerOffsets offsets;
    private final AdvertisedAddress address;
    private final GroupProgress progress;

    public BrokerConsumeStatsHandler(ManageParts parts) {
        this.groupConfigs = parts.groupConfigs();
        this.groups = parts.groups();
        this.offsets = parts.offsets();
        this.address = parts.address();
        this.progress = new GroupProgress(parts);
    }

    @Override
    public void handle(Exchange exchange) {
        boolean orderedOnly =
                BrokerConsumeStatsHeader.from(exchange.request().fields()).order();
        Map<String, Set<String>> topicsByGroup = topicsByGroup();
        Map<String, List<ConsumeStats>> table = new TreeMap<>();
        long diff = 0;
        long inflight = 0;
        for (GroupConfig group : groupConfigs.all()) {
            if (orderedOnly && !group.consumeMessageOrderly()) {
                continue;
            }
            List<ConsumeStats> stats = statsOf(group.name(), topicsByGroup.getOrDefault(group.name(), Set.of()));
            table.put(group.name(), stats);
            for (ConsumeStats topic : stats) {
                for (Progress row : topic.queues().values()) {
                    diff += row.brokerOffset() - row.consumerOffset();
                    inflight += row.pullOffset() - row.consumerOffset();
                }
            }
        }
        Replies.body(exchange, new BrokerConsumeStats(address.text(), table, diff, inflight).encode());
    }

    /** One pass over all offsets, not one per group. */
    private Map<String, Set<String>> topicsByGroup() {
        Map<String, Set<String>> topics = new TreeMap<>();
        offsets.forEachKey((group, topic) ->
                topics.computeIfAbsent(group, name -> new TreeSet<>()).add(topic));
        return topics;
    }

    private List<ConsumeStats> statsOf(String group, Set<String> topics) {
        List<ConsumeStats> stats = new ArrayList<>();
        for (String topic : topics) {
            boolean abandoned = groups.find(group)
                    .map(live -> live.subscription(topic).isEmpty())
                    .orElse(false);
            if (!abandoned) {
                Map<MessageQueueKey, Progress> rows = new LinkedHashMap<>();
                progress.collect(group, topic, rows);
                stats.add(new ConsumeStats(rows, progress.consumeTps(group, topic)));
            }
        }
        return stats;
    }
}
