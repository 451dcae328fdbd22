package io.orbitmq.broker.manage.offset;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.longpoll.HeldRequests;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.queue.QueueOffsets;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.offset.ResetOffsetHeader;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.MessageStore.TimeBoundary;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * INVOKE_BROKER_TO_RESET_OFFSET (222). Ordinarily the offsets are set here, and each queue's next pull is told where to go
 * on; pulls that are held run again at once, so that clients notice without delay, and groups need not be online. Where
 * the operator has switched that off, {@link ClientSideReset} tells the clients.
 */
public final class ResetOffsetHandler implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ResetOffsetHandler.class);
    private static final int ALL_QUEUES = -1;
    private static final long BY_TIME = -1;

    private final LiveConfig config;
    private final Topics topics;
    private final GroupConfigs groupConfigs;
    private final ConsumerOffsets offsets;
    private final MessageStore store;
    private final HeldRequests held;
    private final ClientSideReset clientSide;

    public ResetOffsetHandler(ManageParts parts) {
        this.config = parts.config();
        this.topics = parts.topics();
        this.groupConfigs = parts.groupConfigs();
        this.offsets = parts.offsets();
        this.store = parts.store();
        this.held = parts.held();
        this.clientSide = new ClientSideReset(parts);
    }

    @Override
    public void handle(Exchange exchange) {
        ResetOffsetHeader asked = ResetOffsetHeader.from(exchange.request().fields());
        Optional<TopicConfig> topic = topics.find(asked.topic());
        if (topic.isEmpty()) {
            exchange.refuse(ResponseCode.TOPIC_NOT_EXIST, "Topic " + asked.topic() + " does not exist");
            return;
        }
        int queues = Math.max(topic.get().readQueues(), topic.get().writeQueues());
        if (!config.get().pulls().serverSideReset()) {
            clientSide.run(exchange, asked, queues, queueId -> offsetByTime(asked, queueId));
            return;
        }
        if (groupConfigs.find(asked.group()).isEmpty()) {
            exchange.refuse(ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST, "Group " + asked.group() + " does not exist");
            return;
        }
        Map<Integer, Long> targets = new TreeMap<>();
        if (asked.queueId() == ALL_QUEUES) {
            for (int queueId = 0; queueId < queues; queueId++) {
                targets.put(queueId, offsetByTime(asked, queueId));
            }
        } else if (asked.offset() == BY_TIME) {
            targets.put(asked.queueId(), offsetByTime(asked, asked.queueId()));
        } else {
            String fault = rangeFault(asked);
            if (!fault.isEmpty()) {
                exchange.refuse(ResponseCode.SYSTEM_ERROR, fault);
                return;
            }
            targets.put(asked.queueId(), asked.offset());
        }
        reset(exchange, asked, targets);
    }

    private void reset(Exchange exchange, ResetOffsetHeader asked, Map<Integer, Long> targets) {
        LOG.info(
                "event=offsets-reset-by-operator group={} topic={} offsets={} remote={}",
                asked.group(),
                asked.topic(),
                targets,
                exchange.connection().remoteAddress());
        Map<MessageQueueKey, Long> told = new LinkedHashMap<>();
        String broker = config.get().identity().brokerName();
        targets.forEach((queueId, offset) -> told.put(new MessageQueueKey(asked.topic(), broker, queueId), offset));
        Replies.whenDone(exchange, offsets.reset(asked.group(), asked.topic(), targets), () -> {
            held.wakeGroup(asked.group(), asked.topic());
            Replies.body(exchange, new QueueOffsets(told).encode());
        });
    }

    private long offsetByTime(ResetOffsetHeader asked, int queueId) {
        Optional<LogQueue> queue = store.findQueue(asked.topic(), queueId);
        if (queue.isEmpty()) {
            return 0;
        }
        return asked.timestamp() < 0
                ? queue.get().maxOffset()
                : store.offsetByTime(queue.get(), asked.timestamp(), TimeBoundary.LOWER);
    }

    private String rangeFault(ResetOffsetHeader asked) {
        Optional<LogQueue> queue = store.findQueue(asked.topic(), asked.queueId());
        long min = queue.map(LogQueue::minOffset).orElse(0L);
        long max = queue.map(LogQueue::maxOffset).orElse(0L);
        return asked.offset() < min || asked.offset() > max
                ? "Target offset " + asked.offset() + " not in consume queue range [" + min + "-" + max + "]"
                : "";
    }
}
