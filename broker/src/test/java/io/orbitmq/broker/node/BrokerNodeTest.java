package io.orbitmq.broker.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.DelaySettings;
import io.orbitmq.broker.NameserverSettings;
import io.orbitmq.broker.NetworkSettings;
import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.ConsumerGroup;
import io.orbitmq.protocol.body.client.HeartbeatBody;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.tools.StoreVerifier;
import io.orbitmq.store.tools.VerifyReport;
import io.orbitmq.testkit.disk.SimulatedDisk;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import io.orbitmq.transport.server.RemotingServer;
import io.orbitmq.transport.server.ServerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole broker on a temporary directory, asked over real connections. */
final class BrokerNodeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final RemotingClient client = new RemotingClient(
            ClientConfig.defaults(), HandlerTable.builder().build(), ConnectionListener.NONE, new SystemClock());

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void messageSentIsPulledBack() throws IOException {
        try (BrokerNode broker = started(config("a"))) {
            Command sent = send(broker, "Topic", "hello");
            assertThat(sent.code()).isZero();
            assertThat(sent.fields().text("queueOffset")).isEqualTo("0");

            Command pulled = pull(broker, "Topic", 0, 0).join();

            assertThat(pulled.code()).isZero();
            assertThat(bodyOf(pulled.body())).isEqualTo("hello");
        }
    }

    @Test
    void heldPullIsAnsweredByTheNextMessage() throws IOException {
        try (BrokerNode broker = started(config("a"))) {
            send(broker, "Topic", "first");

            CompletableFuture<Command> held = pull(broker, "Topic", 1, 10_000);
            send(broker, "Topic", "second");

            Command pulled = held.join();
            assertThat(pulled.code()).isZero();
            assertThat(bodyOf(pulled.body())).isEqualTo("second");
        }
    }

    @Test
    void everythingAcknowledgedIsThereAfterARestart() throws IOException {
        try (BrokerNode broker = started(config("a"))) {
            send(broker, "Topic", "hello");
            heartbeat(broker, "Group", "Topic");
            assertThat(updateOffset(broker, 1).code()).isZero();
            call(broker, offset(2).asOneWay());
            await().atMost(PATIENCE).until(() -> queryOffset(broker), "2"::equals);
        }

        try (BrokerNode broker = started(config("a"))) {
            assertThat(bodyOf(pull(broker, "Topic", 0, 0).join().body())).isEqualTo("hello");
            assertThat(queryOffset(broker)).isEqualTo("2");
            assertThat(send(broker, "Topic", "again").fields().text("queueOffset"))
                    .isEqualTo("1");
            Command topics = call(broker, Command.request(RequestCode.GET_ALL_TOPIC_CONFIG, Fields.NONE));
            assertThat(new String(topics.bodyBytes(), StandardCharsets.UTF_8))
                    .contains("\"%RETRY%Group\"", "\"Topic\"");
        }
    }

    @Test
    void aStoreWithMessagesThatWaitIsFoundSound() throws IOException {
        BrokerConfig config = config("a");
        try (BrokerNode broker = started(config)) {
            for (String properties : List.of("DELAY^18", "TIMER_DELAY_SEC^3600", "TAGS^a")) {
                assertThat(call(broker, message("Topic", "hello", properties)).code())
                        .isZero();
            }
        }
        assertThat(verified(config, DelaySettings.defaults()).notes()).isEmpty();

        VerifyReport otherLevels = verified(config, DelaySettings.parse("1s 1m"));

        assertThat(otherLevels.notes()).singleElement().asString().startsWith("queue SCHEDULE_TOPIC_XXXX-17: ");
    }

    @Test
    void pullsOfGroupsThatCannotBeCreatedAreRefusedWithTheStoresReason() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(1);
        NodeSurroundings surroundings =
                new NodeSurroundings(new SystemClock(), disk, SystemScheduler::new, OperatorSettings.NONE);
        try (BrokerNode broker = BrokerNode.open(config("a"), surroundings)) {
            broker.start();
            send(broker, "Topic", "hello");
            disk.failNextForces(1);
            assertThat(send(broker, "Topic", "lost").code()).isNotZero();

            Command refused = pull(broker, "Topic", 0, 0).join();

            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.remark())
                    .startsWith("the group Group cannot be created now: ")
                    .contains("Input/output error");
        }
    }

    @Test
    void unknownRequestsAreAnsweredWithCodeThree() throws IOException {
        try (BrokerNode broker = started(config("a"))) {
            Command answer = call(broker, Command.request(99_999, Fields.NONE));

            assertThat(answer.code()).isEqualTo(3);
            assertThat(answer.remark()).isEqualTo(" request type 99999 not supported");
        }
    }

    @Test
    void vipPortTakesMessagesAndNoPulls() throws IOException {
        try (BrokerNode broker = started(config("a"))) {
            String vip = "127.0.0.1:" + broker.vipPort();

            assertThat(client.call(vip, message("Topic", "hello"), PATIENCE)
                            .join()
                            .code())
                    .isZero();
            assertThat(client.call(vip, pullRequest("Topic", 0, 0), PATIENCE)
                            .join()
                            .code())
                    .isEqualTo(3);
        }
    }

    @Test
    void twoBrokersLiveInOneProcess() throws IOException {
        try (BrokerNode first = started(config("a"));
                BrokerNode second = started(config("b"))) {
            send(first, "Topic", "one");
            send(second, "Topic", "two");

            assertThat(bodyOf(pull(first, "Topic", 0, 0).join().body())).isEqualTo("one");
            assertThat(bodyOf(pull(second, "Topic", 0, 0).join().body())).isEqualTo("two");
        }
    }

    @Test
    void secondBrokerOnTheSameStoreIsRefused() throws IOException {
        try (BrokerNode first = started(config("a"))) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() -> BrokerNode.open(config("a"), NodeSurroundings.ofSystem()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void nameserversHearOfStartNewTopicsAndEnd() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        HandlerTable table = HandlerTable.builder()
                .on(RequestCode.REGISTER_BROKER, Lane.inline(), exchange -> {
                    String body = new String(exchange.request().bodyBytes(), StandardCharsets.UTF_8);
                    heard.add(body.contains("\"Fresh\"") ? "register Fresh" : "register");
                    exchange.succeed(Fields.NONE);
                })
                .on(RequestCode.UNREGISTER_BROKER, Lane.inline(), exchange -> {
                    heard.add("unregister " + exchange.request().fields().text("brokerName"));
                    exchange.succeed(Fields.NONE);
                })
                .build();
        try (RemotingServer nameserver = new RemotingServer(
                ServerConfig.defaults().withName("fake-nameserver"), ConnectionListener.NONE, new SystemClock())) {
            int port = nameserver.listen(0, table);
            BrokerConfig config = config("a")
                    .withNameservers(NameserverSettings.defaults().withAddresses(List.of("127.0.0.1:" + port)));
            try (BrokerNode broker = started(config)) {
                assertThat(heard).containsExactly("register");
                send(broker, "Fresh", "hello");
                await().atMost(PATIENCE).until(() -> heard.contains("register Fresh"));
            }
            assertThat(heard).last().isEqualTo("unregister broker-a");
        }
    }

    private BrokerConfig config(String name) {
        StoreConfig store = StoreConfig.defaults(directory.resolve(name))
                .withSegmentSizeBytes(16 * 1024 * 1024)
                .withDiskPercents(100, 100, 100);
        return BrokerConfig.defaults(directory.resolve(name))
                .withNetwork(new NetworkSettings("127.0.0.1", 0, true, 1, 0, Duration.ofSeconds(120), 16 * 1024 * 1024))
                .withStore(store);
    }

    private static BrokerNode started(BrokerConfig config) throws IOException {
        BrokerNode broker = BrokerNode.open(config, NodeSurroundings.ofSystem());
        broker.start();
        return broker;
    }

    private Command call(BrokerNode broker, Command request) {
        String address = "127.0.0.1:" + broker.port();
        if (request.isOneWay()) {
            client.oneWay(address, request);
            return request;
        }
        return client.call(address, request, PATIENCE).join();
    }

    private Command send(BrokerNode broker, String topic, String body) {
        return call(broker, message(topic, body));
    }

    private static Command message(String topic, String body) {
        Fields fields = Fields.of(
                "a", "p", "b", topic, "c", "TBW102", "d", "4", "e", "0", "f", "0", "g", "1", "h", "0", "m", "false");
        return Command.request(
                RequestCode.SEND_MESSAGE_V2, fields, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Command message(String topic, String body, String properties) {
        Command plain = message(topic, body);
        Fields.Builder fields = Fields.builder().put("i", properties.replace('^', '\u0001'));
        plain.fields().forEach(fields::put);
        return Command.request(plain.code(), fields.build(), plain.body());
    }

    private CompletableFuture<Command> pull(BrokerNode broker, String topic, long offset, long holdMs) {
        return client.call("127.0.0.1:" + broker.port(), pullRequest(topic, offset, holdMs), Duration.ofSeconds(20));
    }

    private static Command pullRequest(String topic, long offset, long holdMs) {
        return Command.request(
                RequestCode.PULL_MESSAGE,
                Fields.builder()
                        .put("consumerGroup", "Group")
                        .put("topic", topic)
                        .put("queueId", 0)
                        .put("queueOffset", offset)
                        .put("maxMsgNums", 32)
                        .put("sysFlag", holdMs > 0 ? 6 : 4)
                        .put("commitOffset", 0)
                        .put("suspendTimeoutMillis", holdMs)
                        .put("subscription", "*")
                        .put("subVersion", 0)
                        .build());
    }

    private void heartbeat(BrokerNode broker, String group, String topic) {
        Subscription all = new Subscription(topic, "*", List.of(), List.of(), 1, Subscription.TAG, false);
        ConsumerGroup consumer = new ConsumerGroup(
                group,
                ConsumeType.CONSUME_PASSIVELY,
                MessageModel.CLUSTERING,
                "CONSUME_FROM_LAST_OFFSET",
                List.of(all),
                false);
        byte[] body = new HeartbeatBody("c", List.of("p"), List.of(consumer), 0, false).encode();
        Command answer = call(broker, Command.request(RequestCode.HEART_BEAT, Fields.NONE, ByteBuffer.wrap(body)));
        assertThat(answer.code()).isZero();
    }

    private Command updateOffset(BrokerNode broker, long offset) {
        return call(broker, offset(offset));
    }

    private static Command offset(long offset) {
        return Command.request(
                RequestCode.UPDATE_CONSUMER_OFFSET,
                Fields.builder()
                        .put("consumerGroup", "Group")
                        .put("topic", "Topic")
                        .put("queueId", 0)
                        .put("commitOffset", offset)
                        .build());
    }

    private String queryOffset(BrokerNode broker) {
        Fields fields = Fields.of("consumerGroup", "Group", "topic", "Topic", "queueId", "0");
        return call(broker, Command.request(RequestCode.QUERY_CONSUMER_OFFSET, fields))
                .fields()
                .text("offset");
    }

    private static VerifyReport verified(BrokerConfig config, DelaySettings delays) throws IOException {
        StoreConfig store = config.store();
        VerifyReport report = StoreVerifier.verify(
                new SystemDisk(), store.rootDirectory(), store.commitLogDirectory(), BrokerNode.emptyTables(delays));
        assertThat(report.problems()).isEmpty();
        assertThat(report.comparedEntries()).isGreaterThanOrEqualTo(3);
        return report;
    }

    private static String bodyOf(ByteBuffer records) {
        byte[] body = new byte[MessageRecord.bodyLength(records, records.position())];
        records.get(MessageRecord.bodyPosition(records, records.position()), body);
        return new String(body, StandardCharsets.UTF_8);
    }
}
