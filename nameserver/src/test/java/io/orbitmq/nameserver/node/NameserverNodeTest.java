package io.orbitmq.nameserver.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.nameserver.config.LoadedNameserver;
import io.orbitmq.nameserver.config.NameserverConfig;
import io.orbitmq.nameserver.config.NameserverKeys;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.body.topic.RegisterBrokerBody;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.body.topic.TopicConfigTable;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.route.RegisterBrokerHeader;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import io.orbitmq.transport.server.RemotingServer;
import io.orbitmq.transport.server.ServerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole nameserver over real connections. */
class NameserverNodeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private final SystemClock clock = new SystemClock();
    private SystemScheduler scheduler;
    private RemotingClient client;

    @BeforeEach
    void open() {
        scheduler = new SystemScheduler("test-scheduler");
        client = client();
    }

    @AfterEach
    void close() {
        client.close();
        scheduler.close();
    }

    @Test
    void aRegisteredBrokerHasRoutesUntilItsConnectionCloses() throws IOException {
        try (NameserverNode node = node("")) {
            String address = "127.0.0.1:" + node.start();
            RemotingClient broker = client();
            register(broker, address, 0, "127.0.0.1:1");
            assertThat(route(address).code()).isZero();

            broker.close();

            await().atMost(PATIENCE).until(() -> route(address).code() == 17);
        }
    }

    @Test
    void nameserversAreIndependentAndStopWithTheirConnectionsOpen() throws IOException {
        try (NameserverNode one = node("");
                NameserverNode two = node("kvConfigPath=" + directory.resolve("two.json"))) {
            String first = "127.0.0.1:" + one.start();
            String second = "127.0.0.1:" + two.start();
            register(client, first, 0, "127.0.0.1:1");
            assertThat(route(first).code()).isZero();
            assertThat(route(second).code()).isEqualTo(17);
            assertThat(call(client, first, 99_999, Fields.NONE, ByteBuffer.allocate(0))
                            .remark())
                    .isEqualTo(" request type 99999 not supported");
        }
    }

    @Test
    void replicasAreToldAboutANewSmallestId() throws IOException {
        List<Command> told = new CopyOnWriteArrayList<>();
        HandlerTable replica = HandlerTable.builder()
                .on(RequestCode.NOTIFY_MIN_BROKER_ID_CHANGE, Lane.inline(), exchange -> told.add(exchange.request()))
                .build();
        try (NameserverNode node = node("notifyMinBrokerIdChanged=true");
                RemotingServer server = new RemotingServer(ServerConfig.defaults(), ConnectionListener.NONE, clock)) {
            String replicaAddress = "127.0.0.1:" + server.listen(0, replica);
            String address = "127.0.0.1:" + node.start();
            register(client, address, 1, replicaAddress);
            register(client, address, 0, "127.0.0.1:1");

            await().atMost(PATIENCE).until(() -> !told.isEmpty());

            assertThat(told.get(0).isOneWay()).isTrue();
            assertThat(told.get(0).fields())
                    .isEqualTo(Fields.of(
                            "haBrokerAddr", "127.0.0.1:2", "minBrokerAddr", "127.0.0.1:1", "minBrokerId", "0"));
        }
    }

    private NameserverNode node(String settings) throws IOException {
        NameserverConfig defaults = NameserverConfig.defaults(directory);
        NameserverConfig local =
                defaults.withNetwork(defaults.network().withPort(0).withBindAddress("127.0.0.1"));
        LoadedNameserver loaded = NameserverKeys.load(Settings.parse(settings, "test"), local);
        return new NameserverNode(loaded, clock, scheduler, new SystemDisk());
    }

    private RemotingClient client() {
        return new RemotingClient(
                ClientConfig.defaults(), HandlerTable.builder().build(), ConnectionListener.NONE, clock);
    }

    private static void register(RemotingClient broker, String nameserver, long id, String address) {
        RegisterBrokerHeader header =
                new RegisterBrokerHeader("a", address, "C", "127.0.0.1:2", id, -1, Optional.of(false), false, 0, "");
        TopicConfigTable table = TopicConfigTable.of(
                new DataVersion(0, 1, 1), Map.of("T", TopicConfig.of("T", 4, 4, 6), "U", TopicConfig.of("U", 4, 4, 6)));
        byte[] body = new RegisterBrokerBody(table, List.of()).encode();
        Command answer =
                call(broker, nameserver, RequestCode.REGISTER_BROKER, header.toFields(), ByteBuffer.wrap(body));
        assertThat(answer.code()).as(answer.remark()).isZero();
    }

    private Command route(String nameserver) {
        return call(
                client,
                nameserver,
                RequestCode.GET_ROUTEINFO_BY_TOPIC,
                Fields.of("topic", "T"),
                ByteBuffer.allocate(0));
    }

    private static Command call(RemotingClient from, String address, int code, Fields fields, ByteBuffer body) {
        return from.call(address, Command.request(code, fields, body), PATIENCE).join();
    }
}
