package io.orbitmq.broker.manage.offset;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.body.queue.ConsumeTimeSpans;
import io.orbitmq.protocol.body.queue.ConsumeTimeSpans.Span;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.group.GroupHeader;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * QUERY_CONSUME_TIME_SPAN (303): from when to when the messages of each queue are, and where in that span a group has
 * come to.
 */
public final class TimeSpanHandler implements RequestHandler {

    private final LiveConfig config;
    private final Topics topics;
    private final ConsumerOffsets offsets;
    private final MessageStore store;
    private final Clock clock;

    public TimeSpanHandler(ManageParts parts) {
        this.config = parts.config();
        this.topics = parts.topics();
        this.offsets = parts.offsets();
        this.store = parts.store();
        this.clock = parts.clock();
    }

    @Override
    public void handle(Exchange exchange) {
        GroupHeader asked = GroupHeader.from(exchange.request().fields());
        Optional<TopicConfig> topic = topics.find(asked.topic());
        if (topic.isEmpty()) {
            exchange.refuse(ResponseCode.TOPIC_NOT_EXIST, "topic[" + asked.topic() + "] not exist");
            return;
        }
        List<Span> spans = new ArrayList<>();
        for (int queueId = 0; queueId < topic.get().writeQueues(); queueId++) {
            spans.add(spanOf(asked, queueId));
        }
        Replies.body(exchange, new ConsumeTimeSpans(spans).encode());
    }

    private Span spanOf(GroupHeader asked, int queueId) {
        MessageQueueKey key =
                new MessageQueueKey(asked.topic(), config.get().identity().brokerName(), queueId);
        Optional<LogQueue> found = store.findQueue(asked.topic(), queueId);
        if (found.isEmpty() || found.get().maxOffset() == found.get().minOffset()) {
            return new Span(key, 0, 0, 0, 0);
        }
        LogQueue queue = found.get();
        long next = offsets.offset(asked.group(), asked.topic(), queueId);
        long firstAt = store.storeTimestampAt(queue, queue.minOffset());
        long lastAt = store.storeTimestampAt(queue, queue.maxOffset() - 1);
        long consumedAt = next > queue.minOffset() ? store.storeTimestampAt(queue, next - 1) : firstAt;
        long waitingSince =
                next < queue.maxOffset() ? store.storeTimestampAt(queue, Math.max(next, queue.minOffset())) : -1;
        long delayMs = waitingSince < 0 ? 0 : Math.max(0, clock.epochMs() - waitingSince);
        return new Span(key, firstAt, lastAt, consumedAt, delayMs);
    }
}
