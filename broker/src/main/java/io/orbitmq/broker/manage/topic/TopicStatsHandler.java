package io.orbitmq.broker.manage.topic;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.Span;
import io.orbitmq.broker.traffic.Traffic;
import io.orbitmq.broker.traffic.TrafficMeter;
import io.orbitmq.broker.traffic.TrafficMeter.Kind;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.queue.TopicStats;
import io.orbitmq.protocol.body.queue.TopicStats.Range;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.topic.TopicHeader;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** GET_TOPIC_STATS_INFO (202): offsets and last store time of every queue of a topic. May wait for the disk. */
public final class TopicStatsHandler implements RequestHandler {

    private static final Range NOTHING = new Range(0, 0, 0);

    private final LiveConfig config;
    private final Topics topics;
    private final MessageStore store;
    private final TrafficMeter traffic;

    public TopicStatsHandler(ManageParts parts) {
        this.config = parts.config();
        this.topics = parts.topics();
        this.store = parts.store();
        this.traffic = parts.traffic();
    }

    @Override
    public void handle(Exchange exchange) {
        String name = TopicHeader.from(exchange.request().fields()).topic();
        Optional<TopicConfig> topic = topics.find(name);
        if (topic.isEmpty()) {
            exchange.refuse(ResponseCode.TOPIC_NOT_EXIST, "topic[" + name + "] not exist");
            return;
        }
        Map<MessageQueueKey, Range> queues = new LinkedHashMap<>();
        String broker = config.get().identity().brokerName();
        int count = Math.max(topic.get().readQueues(), topic.get().writeQueues());
        for (int queueId = 0; queueId < count; queueId++) {
            queues.put(
                    new MessageQueueKey(name, broker, queueId),
                    store.findQueue(name, queueId).map(this::rangeOf).orElse(NOTHING));
        }
        double putTps = traffic.over(Span.MINUTE, Kind.SENT, name, "")
                .map(Traffic::countPerSecond)
                .orElse(0.0);
        Replies.body(exchange, new TopicStats(queues, putTps).encode());
    }

    private Range rangeOf(LogQueue queue) {
        long min = queue.minOffset();
        long max = queue.maxOffset();
        long lastAt = max > min ? Math.max(0, store.storeTimestampAt(queue, max - 1)) : 0;
        return new Range(min, max, lastAt);
    }
}
