package io.orbitmq.nameserver.request;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.nameserver.config.LiveConfig;
import io.orbitmq.nameserver.config.NameserverConfig;
import io.orbitmq.nameserver.kv.KvStore;
import io.orbitmq.nameserver.route.RouteTable;
import io.orbitmq.nameserver.route.ZoneFilter;
import io.orbitmq.protocol.body.route.TopicRoute;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.route.RouteHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Optional;

/** GET_ROUTEINFO_BY_TOPIC (protocol/02 section 5). */
final class RouteRequest implements RequestHandler {

    /** 4.9.4: from here on clients read standard JSON. */
    private static final int FIRST_STANDARD_JSON_VERSION = 401;

    private static final String ADVICE =
            "\nSee https://rocketmq.apache.org/docs/bestPractice/06FAQ for further details.";

    private final RouteTable routes;
    private final KvStore kv;
    private final LiveConfig config;
    private final Clock clock;
    private final long startNanos;

    RouteRequest(NameserverHandlers.Parts parts) {
        this.routes = parts.routes();
        this.kv = parts.kv();
        this.config = parts.config();
        this.clock = parts.clock();
        this.startNanos = clock.nanos();
    }

    @Override
    public void handle(Exchange exchange) {
        NameserverConfig.Answers answers = config.current().answers();
        if (clock.nanos() - startNanos < answers.warmUp().toNanos()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "name server not ready");
            return;
        }
        RouteHeader header = RouteHeader.from(exchange.request().fields());
        Optional<TopicRoute> found = routes.route(header.topic(), answers.supportActingMaster());
        if (found.isEmpty()) {
            exchange.refuse(
                    ResponseCode.TOPIC_NOT_EXIST,
                    "No topic route info in name server for the topic: " + header.topic() + ADVICE);
            return;
        }
        TopicRoute route = answers.orderMessageEnable() ? withOrder(header.topic(), found.get()) : found.get();
        boolean standardJson = exchange.request().version() >= FIRST_STANDARD_JSON_VERSION || header.standardJson();
        if (header.zoneMode() && !header.zoneName().isBlank()) {
            route = ZoneFilter.keep(route, header.zoneName());
            standardJson = false;
        }
        Answers.succeed(exchange, route.encode(standardJson));
    }

    private TopicRoute withOrder(String topic, TopicRoute route) {
        String order = kv.find(KvStore.ORDER_TOPICS, topic).orElse("");
        return new TopicRoute(route.queues(), route.brokers(), order, route.mappings());
    }
}
