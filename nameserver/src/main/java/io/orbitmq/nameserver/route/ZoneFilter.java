package io.orbitmq.nameserver.route;

import io.orbitmq.protocol.body.route.BrokerRoute;
import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.route.TopicRoute;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps of a route the brokers of one zone and those without master (protocol/02 section 5.4). Stateless. */
public final class ZoneFilter {

    private ZoneFilter() {}

    public static TopicRoute keep(TopicRoute route, String zone) {
        List<BrokerRoute> kept = route.brokers().stream()
                .filter(broker -> !broker.hasMaster() || broker.zoneName().equalsIgnoreCase(zone))
                .toList();
        Set<String> removed = route.brokers().stream()
                .filter(broker -> !kept.contains(broker))
                .map(BrokerRoute::brokerName)
                .collect(Collectors.toSet());
        List<QueueRoute> queues = route.queues().stream()
                .filter(queue -> !removed.contains(queue.brokerName()))
                .toList();
        return new TopicRoute(queues, kept, route.orderTopicConf(), route.mappings());
    }
}
