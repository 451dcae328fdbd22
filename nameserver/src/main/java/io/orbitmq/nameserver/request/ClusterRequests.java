package io.orbitmq.nameserver.request;

import io.orbitmq.nameserver.route.RouteTable;
import io.orbitmq.protocol.header.route.MemberGroupHeader;
import io.orbitmq.transport.Exchange;

/** Which brokers there are: 106 and 901 (protocol/02 section 6). */
final class ClusterRequests {

    private final RouteTable routes;

    ClusterRequests(RouteTable routes) {
        this.routes = routes;
    }

    void all(Exchange exchange) {
        Answers.succeed(exchange, routes.clusters().encode());
    }

    void members(Exchange exchange) {
        MemberGroupHeader header = MemberGroupHeader.from(exchange.request().fields());
        Answers.succeed(
                exchange,
                routes.members(header.clusterName(), header.brokerName()).encode());
    }
}
