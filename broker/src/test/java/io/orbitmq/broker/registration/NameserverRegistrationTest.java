package io.orbitmq.broker.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.fake.MemoryStore;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.body.topic.RegisterBrokerBody;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.route.RegisterBrokerHeader;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import io.orbitmq.transport.server.RemotingServer;
import io.orbitmq.transport.server.ServerConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NameserverRegistrationTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    private final TopicTable table = new TopicTable();
    private final Topics topics = new Topics(table, new StateLog(new MemoryStore(clock, table)), clock);
    private final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("unused")));
    private RemotingClient client;

    @BeforeEach
    void openClient() {
        client = new RemotingClient(
                ClientConfig.defaults().withConnectTimeout(Duration.ofSeconds(1)),
                HandlerTable.builder().build(),
                ConnectionListener.NONE,
                new SystemClock());
        opened.add(client);
        topics.putAll(List.of(topic("One"), topic("Two")));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @Test
    void registersEveryTopicAtEveryNameserver() throws Exception {
        FakeNameserver first = new FakeNameserver(opened);
        FakeNameserver second = new FakeNameserver(opened);
        NameserverRegistration registration = registrationAt(first.address(), second.address());

        registration.start().get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(first.takeRegistration()).containsExactlyInAnyOrder("One", "Two");
        assertThat(second.takeRegistration()).containsExactlyInAnyOrder("One", "Two");
    }

    @Test
    void unreachableNameserverDoesNotHoldUpTheOthers() throws Exception {
        FakeNameserver alive = new FakeNameserver(opened);
        NameserverRegistration registration = registrationAt(unusedAddress(), alive.address());

        registration.start();

        assertThat(alive.takeRegistration()).containsExactlyInAnyOrder("One", "Two");
    }

    @Test
    void changedTopicIsRegisteredAtOnceAndAlone() throws Exception {
        FakeNameserver nameserver = new FakeNameserver(opened);
        NameserverRegistration registration = registrationAt(nameserver.address());
        registration.start().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        nameserver.takeRegistration();
        topics.addListener(registration);

        topics.put(topic("Three"));

        assertThat(nameserver.takeRegistration()).containsExactly("Three");
    }

    @Test
    void changeBeforeTheFirstRegistrationIsSentWithEverything() throws Exception {
        FakeNameserver nameserver = new FakeNameserver(opened);
        nameserver.refuse = true;
        NameserverRegistration registration = registrationAt(nameserver.address());
        registration.start().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        nameserver.takeRegistration();
        nameserver.refuse = false;

        registration.publish(Set.of("One")).get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(nameserver.takeRegistration()).containsExactlyInAnyOrder("One", "Two");
    }

    @Test
    void registersAgainEveryPeriod() throws Exception {
        FakeNameserver nameserver = new FakeNameserver(opened);
        NameserverRegistration registration = registrationAt(nameserver.address());
        registration.start().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        nameserver.takeRegistration();

        scheduler.advance(Duration.ofSeconds(30));

        assertThat(nameserver.takeRegistration()).containsExactlyInAnyOrder("One", "Two");
    }

    @Test
    void brokerWithoutWritePermissionRegistersReadOnlyTopics() throws Exception {
        FakeNameserver nameserver = new FakeNameserver(opened);
        config.update(current -> current.withTopics(current.topics().withBrokerPermission(4)));
        NameserverRegistration registration = registrationAt(nameserver.address());

        registration.start().get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        nameserver.takeRegistration();
        assertThat(nameserver.lastPermissions).containsOnly(4);
    }

    @Test
    void stoppedBrokerUnregisters() throws Exception {
        FakeNameserver nameserver = new FakeNameserver(opened);
        NameserverRegistration registration = registrationAt(nameserver.address());
        registration.start().get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        registration.stop().get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(nameserver.unregistered.poll(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo("broker-a");
    }

    @Test
    void topicsOfTheOrderTableBecomeOrdered() throws Exception {
        FakeNameserver nameserver = new FakeNameserver(opened);
        nameserver.orderTopic = "Two";
        NameserverRegistration registration = registrationAt(nameserver.address());

        registration.start().get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(topics.find("Two").orElseThrow().order()).isTrue();
        assertThat(topics.find("One").orElseThrow().order()).isFalse();
    }

    private NameserverRegistration registrationAt(String... addresses) {
        config.update(current -> current.withNameservers(current.nameservers().withAddresses(List.of(addresses))));
        return new NameserverRegistration(config, new AdvertisedAddress("127.0.0.1", 10911), topics, client, scheduler);
    }

    private static TopicConfig topic(String name) {
        return new TopicConfig(name, 4, 4, 6, "SINGLE_TAG", 0, false, Map.of());
    }

    private static String unusedAddress() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    /** Answers registrations and remembers them. */
    private static final class FakeNameserver {

        private final LinkedBlockingQueue<List<String>> registrations = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<String> unregistered = new LinkedBlockingQueue<>();
        private final int port;
        private volatile boolean refuse;
        private volatile String orderTopic = "";
        private volatile List<Integer> lastPermissions = List.of();

        private FakeNameserver(List<AutoCloseable> opened) {
            RemotingServer server =
                    new RemotingServer(ServerConfig.defaults(), ConnectionListener.NONE, new SystemClock());
            opened.add(server);
            port = server.listen(
                    0,
                    HandlerTable.builder()
                            .on(RequestCode.REGISTER_BROKER, Lane.inline(), exchange -> {
                                Command request = exchange.request();
                                RegisterBrokerHeader header = RegisterBrokerHeader.from(request.fields());
                                RegisterBrokerBody body = RegisterBrokerBody.decode(
                                        request.body(), header.compressed(), request.version());
                                lastPermissions = body.table().topics().values().stream()
                                        .map(TopicConfig::permission)
                                        .toList();
                                registrations.add(
                                        List.copyOf(body.table().topics().keySet()));
                                if (refuse) {
                                    exchange.refuse(1, "register broker failed");
                                } else {
                                    exchange.answer(Command.response(request, 0, "", Fields.NONE, orderTable()));
                                }
                            })
                            .on(RequestCode.UNREGISTER_BROKER, Lane.inline(), exchange -> {
                                unregistered.add(exchange.request().fields().text("brokerName"));
                                exchange.succeed(Fields.NONE);
                            })
                            .build());
        }

        private ByteBuffer orderTable() {
            String json = orderTopic.isEmpty() ? "" : "{\"table\":{\"" + orderTopic + "\":\"broker-a:4\"}}";
            return ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
        }

        private String address() {
            return "127.0.0.1:" + port;
        }

        private List<String> takeRegistration() throws InterruptedException {
            List<String> names = registrations.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(names).as("a registration within %s", LIMIT).isNotNull();
            return names;
        }
    }
}
