package io.orbitmq.nameserver.request;

import io.orbitmq.nameserver.route.RouteTable;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.route.BrokerHeartbeatHeader;
import io.orbitmq.protocol.header.route.BrokerIdentityHeader;
import io.orbitmq.protocol.header.route.DataVersionAnswerHeader;
import io.orbitmq.protocol.json.Json;
import io.orbitmq.transport.Exchange;
import java.util.Optional;

/** What brokers say between registrations: leaving, 322, 904 (protocol/02 sections 4 and 6). */
final class BrokerRequests {

    private final NameserverHandlers.Parts parts;
    private final RouteTable routes;

    BrokerRequests(NameserverHandlers.Parts parts) {
        this.parts = parts;
        this.routes = parts.routes();
    }

    void unregister(Exchange exchange) {
        BrokerIdentityHeader broker =
                BrokerIdentityHeader.from(exchange.request().fields());
        int capacity = parts.config().current().brokers().maxDepartures();
        if (parts.departures().offer(broker, capacity)) {
            Answers.succeed(exchange);
        } else {
            exchange.refuse(
                    ResponseCode.SYSTEM_ERROR,
                    "more than " + capacity + " brokers wait to be removed; repeat the request later");
        }
    }

    void queryDataVersion(Exchange exchange) {
        BrokerIdentityHeader broker =
                BrokerIdentityHeader.from(exchange.request().fields());
        DataVersion theirs =
                DataVersion.fromJson(Json.readObject(exchange.request().body()));
        Optional<DataVersion> ours = routes.heardOf(broker.clusterName(), broker.brokerAddress());
        boolean changed = ours.filter(theirs::equals).isEmpty();
        byte[] body = ours.map(version -> Json.write(version.toJson())).orElseGet(() -> new byte[0]);
        Answers.succeed(exchange, new DataVersionAnswerHeader(changed).toFields(), body);
    }

    void heartbeat(Exchange exchange) {
        BrokerHeartbeatHeader header =
                BrokerHeartbeatHeader.from(exchange.request().fields());
        routes.heardOf(header.clusterName(), header.brokerAddress());
        Answers.succeed(exchange);
    }
}
