package io.orbitmq.nameserver.request;

import io.orbitmq.nameserver.config.LiveConfig;
import io.orbitmq.nameserver.route.RouteTable;
import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.topic.TopicList;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.route.ClusterHeader;
import io.orbitmq.transport.Exchange;
import java.util.List;
import java.util.function.Predicate;

/** Names of topics: 206, 224, 304, 311, 312, 313 (protocol/02 section 6). */
final class TopicLists {

    private static final int UNIT = 1;
    private static final int UNIT_SUBSCRIPTION = 2;

    private final RouteTable routes;
    private final LiveConfig config;

    TopicLists(RouteTable routes, LiveConfig config) {
        this.routes = routes;
        this.config = config;
    }

    void all(Exchange exchange) {
        if (config.current().answers().allTopicList()) {
            answer(exchange, routes.topics(queue -> true));
        } else {
            refuse(exchange);
        }
    }

    void ofCluster(Exchange exchange) {
        if (config.current().answers().topicList()) {
            answer(
                    exchange,
                    routes.topicsOf(
                            ClusterHeader.from(exchange.request().fields()).cluster()));
        } else {
            refuse(exchange);
        }
    }

    void ofSystem(Exchange exchange) {
        TopicList list = new TopicList(List.copyOf(routes.clusterAndBrokerNames()), routes.anyBrokerAddress());
        Answers.succeed(exchange, list.encode());
    }

    void unit(Exchange exchange) {
        flagged(exchange, queue -> has(queue, UNIT));
    }

    void unitSubscribed(Exchange exchange) {
        flagged(exchange, queue -> has(queue, UNIT_SUBSCRIPTION));
    }

    void unitSubscribedOnly(Exchange exchange) {
        flagged(exchange, queue -> has(queue, UNIT_SUBSCRIPTION) && !has(queue, UNIT));
    }

    private void flagged(Exchange exchange, Predicate<QueueRoute> wanted) {
        if (config.current().answers().topicList()) {
            answer(exchange, routes.topics(wanted));
        } else {
            refuse(exchange);
        }
    }

    private static boolean has(QueueRoute queue, int flag) {
        return (queue.sysFlag() & flag) != 0;
    }

    private static void answer(Exchange exchange, List<String> topics) {
        Answers.succeed(exchange, TopicList.of(topics).encode());
    }

    private static void refuse(Exchange exchange) {
        exchange.refuse(ResponseCode.SYSTEM_ERROR, "disable");
    }
}
