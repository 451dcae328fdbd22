package io.orbitmq.broker.manage.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.broker.group.ConsumerMode;
import io.orbitmq.broker.manage.ManageFixture;
import io.orbitmq.protocol.body.client.GroupSubscriptions;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.json.Json;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.OffsetMessageId;
import io.orbitmq.protocol.message.SubscriptionExpression;
import io.orbitmq.transport.CallFailedException;
import io.orbitmq.transport.CallFailedException.Reason;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingConnection.Call;
import io.orbitmq.transport.fake.RecordingExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests of protocol/11 section 3.4 and protocol/07 section 13 about clients. */
final class ClientHandlersTest {

    private final ManageFixture fixture = new ManageFixture();

    @Test
    void showsTheMembersOfALiveGroup() {
        ConsumerConnectionsHandler handler = new ConsumerConnectionsHandler(fixture.parts());
        Command offline = fixture.ask(handler, 203, "consumerGroup", "G");
        assertThat(offline.code()).isEqualTo(206);
        assertThat(offline.remark()).isEqualTo("the consumer group[G] not online");

        fixture.liveGroup("G", "T1");
        JsonNode answer = fixture.json(handler, 203, "consumerGroup", "G");

        JsonNode connection = answer.path("connectionSet").path(0);
        assertThat(connection.path("clientAddr").asText()).isEqualTo("127.0.0.1:40100");
        assertThat(connection.path("clientId").asText()).isEqualTo("client-1");
        assertThat(connection.path("language").asText()).isEqualTo("JAVA");
        assertThat(connection.path("version").asInt()).isEqualTo(479);
        assertThat(answer.path("messageModel").asText()).isEqualTo("CLUSTERING");
        assertThat(answer.path("consumeType").asText()).isEqualTo("CONSUME_PASSIVELY");
        assertThat(answer.path("subscriptionTable").path("T1").path("subString").asText())
                .isEqualTo("*");
    }

    @Test
    void showsWhatEachMemberSubscribedToAndWhereTheyDiffer() {
        GroupSubscriptionsHandler handler = new GroupSubscriptionsHandler(fixture.parts());
        assertThat(fixture.ask(handler, 70101, "consumerGroup", "G").code()).isEqualTo(206);
        fixture.liveGroup("G", "T1");
        ConsumerMode mode = fixture.groups.find("G").orElseThrow().mode();
        Subscription tags =
                Subscription.ofTags("T1", SubscriptionExpression.parse("TagA").orElseThrow(), 1);
        fixture.groups.join("G", fixture.member("client-2", new RecordingConnection(40_200)), mode, List.of(tags));

        GroupSubscriptions answer = GroupSubscriptions.decode(
                fixture.ask(handler, 70101, "consumerGroup", "G").body());

        assertThat(answer.group()).isEqualTo("G");
        assertThat(answer.members())
                .extracting(GroupSubscriptions.Member::clientId)
                .containsExactly("client-1", "client-2");
        assertThat(answer.members().get(1).subscriptions()).containsExactly(tags);
        assertThat(answer.members().get(1).isKnown()).isTrue();
        assertThat(answer.conflicts())
                .containsExactly(
                        new GroupSubscriptions.Conflict("SUBSCRIPTION", "T1", "client-1", "*", "client-2", "TagA"));
    }

    @Test
    void showsTheMembersOfAProducerGroup() {
        ProducerConnectionsHandler handler = new ProducerConnectionsHandler(fixture.parts());
        Command missing = fixture.ask(handler, 204, "producerGroup", "P");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.remark()).isEqualTo("the producer group[P] not exist");

        fixture.producers.register("P", fixture.member("p1", fixture.client));
        JsonNode answer = fixture.json(handler, 204, "producerGroup", "P");
        assertThat(answer.path("connectionSet").path(0).path("clientId").asText())
                .isEqualTo("p1");
    }

    @Test
    void showsAllProducersWithTheTimeOfTheirHeartbeat() {
        fixture.producers.register("P", fixture.member("p1", fixture.client));
        long seenAt = fixture.clock.epochMs();
        fixture.clock.advance(Duration.ofSeconds(7));

        JsonNode member = fixture.json(new AllProducersHandler(fixture.parts()), 328)
                .path("data")
                .path("P")
                .path(0);

        assertThat(member.path("remoteIP").asText()).isEqualTo("/127.0.0.1:40100");
        assertThat(member.path("lastUpdateTimestamp").asLong()).isEqualTo(seenAt);
    }

    @Test
    void relaysARunningStateRequestAndItsAnswer() {
        fixture.liveGroup("G", "T1");
        RecordingExchange exchange = fixture.send(
                new RunningStateHandler(fixture.parts()),
                307,
                "",
                "consumerGroup",
                "G",
                "clientId",
                "client-1",
                "jstackEnable",
                "true");

        Call call = fixture.client.calls().get(0);
        assertThat(call.request().code()).isEqualTo(307);
        assertThat(call.request().fields()).isEqualTo(exchange.request().fields());
        assertThat(call.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(exchange.isAnswered()).isFalse();

        byte[] body = "{\"mqTable\":{{\"queueId\":0}:{}}}".getBytes(StandardCharsets.UTF_8);
        call.answer().complete(Command.response(call.request(), 0, "", Fields.NONE, ByteBuffer.wrap(body)));

        assertThat(exchange.response().code()).isZero();
        assertThat(exchange.response().bodyBytes()).isEqualTo(body);
    }

    @Test
    void aClientThatIsNotThereIsSaidSo() {
        Command answer =
                fixture.ask(new RunningStateHandler(fixture.parts()), 307, "consumerGroup", "G", "clientId", "c");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).isEqualTo("The Consumer <G> <c> not online");
    }

    @Test
    void aClientThatDoesNotAnswerIsATimeout() {
        fixture.liveGroup("G", "T1");
        RecordingExchange exchange = fixture.send(
                new RunningStateHandler(fixture.parts()), 307, "", "consumerGroup", "G", "clientId", "client-1");

        fixture.client.calls().get(0).answer().completeExceptionally(new CallFailedException(Reason.TIMED_OUT, "10 s"));

        assertThat(exchange.response().code()).isEqualTo(207);
        assertThat(exchange.response().remark()).startsWith("consumer <G> <client-1> Timeout:");
    }

    @Test
    void aClientThatLeavesMeanwhileIsAnError() {
        fixture.liveGroup("G", "T1");
        RecordingExchange exchange = fixture.send(
                new RunningStateHandler(fixture.parts()), 307, "", "consumerGroup", "G", "clientId", "client-1");

        fixture.client.close();

        assertThat(exchange.response().code()).isEqualTo(1);
        assertThat(exchange.response().remark()).contains("client-1");
    }

    @Test
    void givesAStoredMessageToAClient() {
        fixture.liveGroup("G", "T1");
        fixture.topic("T1");
        long position = fixture.store.put("T1", 0, "a", "hello");
        String id = new OffsetMessageId(
                        HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911)), position)
                .encode();

        fixture.send(
                new DirectConsumeHandler(fixture.parts()),
                309,
                "",
                "consumerGroup",
                "G",
                "clientId",
                "client-1",
                "msgId",
                id,
                "topic",
                "T1");

        Command relayed = fixture.client.calls().get(0).request();
        assertThat(relayed.code()).isEqualTo(309);
        assertThat(relayed.fields().text("brokerName")).isEqualTo("broker-a");
        assertThat(relayed.fields().text("topicSysFlag")).isEqualTo("0");
        assertThat(relayed.fields().text("groupSysFlag")).isEqualTo("0");
        assertThat(relayed.fields().text("msgId")).isEqualTo(id);
        assertThat(MessageRecord.physicalOffset(relayed.body(), relayed.body().position()))
                .isEqualTo(position);
    }

    @Test
    void refusesIdsThatAreNoneOrNobodyHas() {
        fixture.liveGroup("G", "T1");
        DirectConsumeHandler handler = new DirectConsumeHandler(fixture.parts());

        assertThat(fixture.ask(handler, 309, "consumerGroup", "G", "clientId", "client-1", "msgId", "zz")
                        .remark())
                .contains("'zz'");
        assertThat(fixture.ask(handler, 309, "consumerGroup", "G", "clientId", "client-1", "msgId", "0".repeat(32))
                        .remark())
                .isEqualTo("can not find message by the offset, 0");
    }

    @Test
    void asksAllMembersForTheirOffsets() {
        fixture.liveGroup("G", "T1");
        RecordingConnection second = new RecordingConnection(40_200);
        fixture.groups.join(
                "G",
                fixture.member("client-2", second),
                fixture.groups.find("G").orElseThrow().mode(),
                fixture.groups.find("G").orElseThrow().subscriptions().values());
        RecordingExchange exchange =
                fixture.send(new ConsumerStatusHandler(fixture.parts()), 223, "", "group", "G", "topic", "T1");

        Call first = fixture.client.calls().get(0);
        assertThat(first.request().code()).isEqualTo(221);
        byte[] body = """
                {"messageQueueTable":{{"brokerName":"broker-a","queueId":1,"topic":"T1"}:5}}""".getBytes(StandardCharsets.UTF_8);
        first.answer().complete(Command.response(first.request(), 0, "", Fields.NONE, ByteBuffer.wrap(body)));
        assertThat(exchange.isAnswered()).isFalse();
        second.calls().get(0).answer().completeExceptionally(new CallFailedException(Reason.TIMED_OUT, "5 s"));

        JsonNode table = Json.read(exchange.response().body()).path("consumerTable");
        assertThat(table.fieldNames()).toIterable().containsExactly("client-1");
        assertThat(table.path("client-1").elements().next().asLong()).isEqualTo(5);
    }

    @Test
    void statusOfAGroupThatIsNotOnlineIsAnError() {
        assertThat(fixture.ask(new ConsumerStatusHandler(fixture.parts()), 223, "group", "G", "topic", "T1")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void namesTheTopicsOfAGroup() {
        fixture.liveGroup("G", "T1");
        fixture.offsets.update("G", "T2", 0, 1);

        JsonNode answer = fixture.json(new SubscribedTopicsHandler(fixture.parts()), 343, "group", "G");

        assertThat(Json.texts(answer.path("topicList"))).containsExactly("T1", "T2");
    }

    @Test
    void showsOneSubscription() {
        SubscriptionHandler handler = new SubscriptionHandler(fixture.parts());
        assertThat(fixture.json(handler, 345, "group", "G", "topic", "T1").has("subscriptionData"))
                .isFalse();

        fixture.liveGroup("G", "T1");
        JsonNode answer = fixture.json(handler, 345, "group", "G", "topic", "T1");
        assertThat(answer.path("subscriptionData").path("topic").asText()).isEqualTo("T1");
    }
}
