package io.orbitmq.broker.manage.offset;

import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.protocol.body.queue.ConsumeStats;
import io.orbitmq.protocol.body.queue.ConsumeStats.Progress;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.header.group.ConsumerGroupHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * GET_CONSUME_STATS (208): how far a group is, in the given topics or in all it has offsets of. An unknown group has an
 * empty table.
 */
public final class ConsumeStatsHandler implements RequestHandler {

    private final ConsumerOffsets offsets;
    private final GroupProgress progress;

    public ConsumeStatsHandler(ManageParts parts) {
        this.offsets = parts.offsets();
        this.progress = new GroupProgress(parts);
    }

    @Override
    public void handle(Exchange exchange) {
        ConsumerGroupHeader asked = ConsumerGroupHeader.from(exchange.request().fields());
        Map<MessageQueueKey, Progress> rows = new LinkedHashMap<>();
        double tps = 0;
        for (String topic : topicsOf(asked)) {
            progress.collect(asked.consumerGroup(), topic, rows);
            tps += progress.consumeTps(asked.consumerGroup(), topic);
        }
        Replies.body(exchange, new ConsumeStats(rows, tps).encode());
    }

    private Set<String> topicsOf(ConsumerGroupHeader asked) {
        Set<String> topics = new TreeSet<>();
        for (String topic : (asked.topic() + ";" + asked.topicList()).split("[;,]")) {
            if (!topic.isBlank()) {
                topics.add(topic.trim());
            }
        }
        return topics.isEmpty() ? offsets.topicsOf(asked.consumerGroup()) : topics;
    }
}
