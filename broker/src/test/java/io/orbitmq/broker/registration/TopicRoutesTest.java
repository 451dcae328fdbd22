package io.orbitmq.broker.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.route.TopicRoute;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.RequestHandler;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import io.orbitmq.transport.server.RemotingServer;
import io.orbitmq.transport.server.ServerConfig;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TopicRoutesTest {

    private static final QueueRoute QUEUES = new QueueRoute("b", 2, 2, 6, 0);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final SimulatedClock clock = new SimulatedClock();
    private final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("unused")));
    private final AtomicInteger asked = new AtomicInteger();
    private final TopicRoutes routes = new TopicRoutes(config, client(), clock);

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @Test
    void askedOnceASecondWhoeverAsks() throws Exception {
        nameservers(nameserver(this::answerRoute));

        assertThat(find("T")).contains(List.of(QUEUES));
        assertThat(find("T")).contains(List.of(QUEUES));
        assertThat(asked).hasValue(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(find("T")).contains(List.of(QUEUES));
        assertThat(asked).hasValue(2);
    }

    @Test
    void theNextNameserverIsAskedWhenOneFails() throws Exception {
        nameservers(
                nameserver(exchange -> exchange.refuse(ResponseCode.SYSTEM_ERROR, "no")),
                nameserver(this::answerRoute));

        assertThat(find("T")).contains(List.of(QUEUES));
    }

    @Test
    void anUnknownTopicIsAnAnswerAndAFailureIsNone() throws Exception {
        nameservers(nameserver(exchange -> exchange.refuse(ResponseCode.TOPIC_NOT_EXIST, "no")));
        assertThat(find("T")).contains(List.of());

        nameservers(nameserver(exchange -> exchange.refuse(ResponseCode.SYSTEM_ERROR, "no")));
        assertThat(find("other")).isEmpty();
    }

    @Test
    void withoutNameserversThereAreNoOtherBrokers() throws Exception {
        nameservers();

        assertThat(find("T")).contains(List.of());
    }

    private Optional<List<QueueRoute>> find(String topic) throws Exception {
        return routes.queuesOf(topic).get(20, TimeUnit.SECONDS);
    }

    private void answerRoute(Exchange exchange) {
        asked.incrementAndGet();
        assertThat(exchange.request().fields().text("topic")).isEqualTo("T");
        byte[] body = TopicRoute.of(List.of(QUEUES), List.of()).encode(true);
        exchange.answer(Command.response(exchange.request(), 0, "", Fields.NONE, ByteBuffer.wrap(body)));
    }

    private void nameservers(String... addresses) {
        config.update(now -> now.withNameservers(now.nameservers().withAddresses(List.of(addresses))));
    }

    private String nameserver(RequestHandler handler) {
        RemotingServer server = new RemotingServer(ServerConfig.defaults(), ConnectionListener.NONE, new SystemClock());
        opened.add(server);
        return "127.0.0.1:"
                + server.listen(
                        0,
                        HandlerTable.builder()
                                .on(RequestCode.GET_ROUTEINFO_BY_TOPIC, Lane.inline(), handler)
                                .build());
    }

    private RemotingClient client() {
        RemotingClient client = new RemotingClient(
                ClientConfig.defaults(), HandlerTable.builder().build(), ConnectionListener.NONE, new SystemClock());
        opened.add(client);
        return client;
    }
}
