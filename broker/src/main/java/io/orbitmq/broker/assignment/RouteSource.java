package io.orbitmq.broker.assignment;

import io.orbitmq.protocol.body.route.QueueRoute;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Tells the queues of a topic on all brokers. */
@FunctionalInterface
public interface RouteSource {

    /**
     * The topic's queues as nameservers know them.
     *
     * @return a list, empty when they know none; no list when nobody could be asked. Never fails
     */
    CompletableFuture<Optional<List<QueueRoute>>> queuesOf(String topic);
}
