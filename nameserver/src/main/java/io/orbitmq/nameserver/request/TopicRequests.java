package io.orbitmq.nameserver.request;

import io.orbitmq.nameserver.route.RouteTable;
import io.orbitmq.protocol.body.route.TopicRoute;
import io.orbitmq.protocol.header.route.AddAnswerHeader;
import io.orbitmq.protocol.header.route.BrokerNameHeader;
import io.orbitmq.protocol.header.route.DeleteTopicHeader;
import io.orbitmq.protocol.header.route.RegisterTopicHeader;
import io.orbitmq.protocol.header.route.WipeAnswerHeader;
import io.orbitmq.transport.Exchange;

/** Changes of topics' entries: 205, 327, 216, 217 (protocol/02 section 6). Registrations may undo them. */
final class TopicRequests {

    private final RouteTable routes;

    TopicRequests(RouteTable routes) {
        this.routes = routes;
    }

    void wipeWritePermission(Exchange exchange) {
        String broker = BrokerNameHeader.from(exchange.request().fields()).brokerName();
        exchange.succeed(new WipeAnswerHeader(routes.wipeWritePermission(broker)).toFields());
    }

    void addWritePermission(Exchange exchange) {
        String broker = BrokerNameHeader.from(exchange.request().fields()).brokerName();
        exchange.succeed(new AddAnswerHeader(routes.addWritePermission(broker)).toFields());
    }

    void delete(Exchange exchange) {
        DeleteTopicHeader header = DeleteTopicHeader.from(exchange.request().fields());
        routes.deleteTopic(header.topic(), header.clusterName());
        Answers.succeed(exchange);
    }

    void register(Exchange exchange) {
        RegisterTopicHeader header = RegisterTopicHeader.from(exchange.request().fields());
        TopicRoute route = TopicRoute.decode(exchange.request().body());
        routes.registerTopic(header.topic(), route.queues());
        Answers.succeed(exchange);
    }
}
