package io.orbitmq.broker.assignment;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.route.QueueRoute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * The readable queues of a topic on all brokers, in the order in which every member must see them. What this broker has
 * is known here; what others have, the nameserver knows. Any thread.
 */
final class ClusterQueues {

    private static final int READABLE = 4;
    private static final Comparator<MessageQueueKey> ORDER =
            Comparator.comparing(MessageQueueKey::brokerName).thenComparingInt(MessageQueueKey::queueId);

    private final LiveConfig config;
    private final Topics topics;
    private final RouteSource routes;

    ClusterQueues(LiveConfig config, Topics topics, RouteSource routes) {
        this.config = config;
        this.topics = topics;
        this.routes = routes;
    }

    /** No list when the other brokers' queues cannot be found out. */
    CompletableFuture<Optional<List<MessageQueueKey>>> readable(String topic) {
        return routes.queuesOf(topic).thenApply(known -> known.map(routed -> readable(topic, routed)));
    }

    private List<MessageQueueKey> readable(String topic, List<QueueRoute> routed) {
        String self = config.get().identity().brokerName();
        List<MessageQueueKey> queues = new ArrayList<>();
        for (QueueRoute route : routed) {
            if (!route.brokerName().equals(self)) {
                add(queues, topic, route.brokerName(), route.permission(), route.readQueues());
            }
        }
        int permission = config.get().topics().brokerPermission();
        topics.find(topic).ifPresent(own -> add(queues, topic, self, own.permission() & permission, own.readQueues()));
        queues.sort(ORDER);
        return queues;
    }

    private static void add(List<MessageQueueKey> queues, String topic, String broker, int permission, int count) {
        if ((permission & READABLE) != 0) {
            IntStream.range(0, count).forEach(id -> queues.add(new MessageQueueKey(topic, broker, id)));
        }
    }
}
