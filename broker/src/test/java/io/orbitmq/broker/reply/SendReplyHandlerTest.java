package io.orbitmq.broker.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.SendSettings;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.delay.DelayTable;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.fake.MemoryStore;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.Member;
import io.orbitmq.broker.group.ProducerGroups;
import io.orbitmq.broker.group.QueueLocks;
import io.orbitmq.broker.group.RetryTopics;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.request.DurableAnswers;
import io.orbitmq.broker.send.RetryRule;
import io.orbitmq.broker.send.SendAssembly;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.SystemTopics;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.protocol.header.send.ReplyPushHeader;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.UniqueKeyGenerator;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.transport.CallFailedException;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Replies on their way to who asked (protocol/04 section 5). */
final class SendReplyHandlerTest {

    private static final String TOPIC = "DefaultCluster_REPLY_TOPIC";
    private static final String CLIENT = "192.0.2.2@26972#1363290052331";

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    private final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    private final TopicTable topicTable = new TopicTable();
    private final GroupConfigTable groupTable = new GroupConfigTable();
    private final MemoryStore store = new MemoryStore(clock, topicTable, groupTable);
    private final ProducerGroups producers = new ProducerGroups();
    private final RecordingConnection asking = new RecordingConnection(50_001);
    private final RecordingConnection replying = new RecordingConnection(36_428);
    private final SendReplyHandler handler;

    SendReplyHandlerTest() {
        StateLog log = new StateLog(store);
        Topics topics = new Topics(topicTable, log, clock);
        topics.ensureSystemTopics(SystemTopics.of(config.get()));
        GroupConfigs groups = new GroupConfigs(groupTable, log, clock, config);
        AdvertisedAddress address = new AdvertisedAddress("127.0.0.1", 20210);
        DurableAnswers durable = new DurableAnswers(store, scheduler, clock, Duration.ofSeconds(5));
        SendAssembly sends = new SendAssembly(
                config,
                topics,
                new QueueHandles(store, topics),
                new RetryRule(groups, new RetryTopics(topics, groups), new QueueLocks<>(clock, Duration.ofSeconds(60))),
                new DelayedSends(config, store, new DelayTable(config.get().delays()), clock),
                store,
                durable,
                address,
                new UniqueKeyGenerator(InetAddress.getLoopbackAddress(), 1, 2, clock, ZoneOffset.UTC),
                TrafficRecorder.NONE,
                new RepeatedSends(config, store, scheduler, clock),
                clock);
        handler =
                new SendReplyHandler(config, sends.plain(), producers, new ReplyPush(config, address, clock), durable);
        producers.register("PG_ASK", new Member(asking, CLIENT, Language.JAVA, 479, clock.nanos()));
    }

    @Test
    void pushesTheReplyToWhoAskedAndAnswersWhenItIsThere() {
        RecordingExchange exchange = reply("CORRELATION_ID^c1~REPLY_TO_CLIENT^" + CLIENT + "~UNIQ_KEY^K~");
        assertThat(exchange.isAnswered()).isFalse();

        RecordingConnection.Call call = asking.calls().get(0);
        assertThat(call.request().code()).isEqualTo(326);
        assertThat(call.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(new String(call.request().bodyBytes(), StandardCharsets.UTF_8))
                .isEqualTo("answer");
        ReplyPushHeader push = ReplyPushHeader.from(call.request().fields());
        assertThat(push.producerGroup()).isEqualTo("PG_REP");
        assertThat(push.topic()).isEqualTo(TOPIC);
        assertThat(push.bornHost()).isEqualTo("127.0.0.1:36428");
        assertThat(push.storeHost()).isEqualTo("127.0.0.1:20210");
        assertThat(push.sysFlag()).isEqualTo(1);
        assertThat(push.storeTimestamp()).isEqualTo(clock.epochMs());
        MessageProperties properties = MessageProperties.parse(push.properties());
        assertThat(properties.get("CORRELATION_ID")).isEqualTo("c1");
        assertThat(properties.get("PUSH_REPLY_TIME")).isEqualTo(Long.toString(clock.epochMs()));
        assertThat(properties.get("MSG_REGION")).isEqualTo("DefaultRegion");

        confirm(call, 0);
        exchange.endTurn();
        Command answer = exchange.response();
        assertThat(answer.code()).isZero();
        assertThat(answer.fields().text("queueOffset")).isEqualTo("0");
        assertThat(answer.fields().text("msgId")).hasSize(32);
        assertThat(answer.fields().text("transactionId")).isEqualTo("K");
        assertThat(store.last().topic()).isEqualTo(TOPIC);
        assertThat(store.last().body()).isEqualTo("answer");
        assertThat(store.last().properties()).contains("CORRELATION_ID^c1~").contains("CLUSTER^DefaultCluster~");
    }

    @Test
    void saysThatNobodyIsNamed() {
        RecordingExchange exchange = reply("CORRELATION_ID^c1~");
        exchange.endTurn();

        assertThat(exchange.response().code()).isEqualTo(1);
        assertThat(exchange.response().remark()).isEqualTo("reply message properties[REPLY_TO_CLIENT] is null");
        assertThat(exchange.response().fields().text("msgId")).hasSize(32);
        assertThat(store.last().topic()).isEqualTo(TOPIC);
    }

    @Test
    void saysThatWhoAskedIsGone() {
        producers.connectionClosed(asking);
        RecordingExchange exchange = reply("REPLY_TO_CLIENT^" + CLIENT + "~");
        exchange.endTurn();

        assertThat(exchange.response().code()).isEqualTo(1);
        assertThat(exchange.response().remark())
                .isEqualTo("push reply message fail, channel of <" + CLIENT + "> not found.");
        assertThat(exchange.response().fields().text("msgId")).hasSize(32);
    }

    @Test
    void saysThatWhoAskedDidNotTakeIt() {
        RecordingExchange exchange = reply("REPLY_TO_CLIENT^" + CLIENT + "~");
        confirm(asking.calls().get(0), 1);
        exchange.endTurn();
        assertThat(exchange.response().code()).isEqualTo(1);
        assertThat(exchange.response().remark()).startsWith("push reply message to " + CLIENT + "fail.");

        RecordingExchange late = reply("REPLY_TO_CLIENT^" + CLIENT + "~");
        asking.calls()
                .get(1)
                .answer()
                .completeExceptionally(
                        new CallFailedException(CallFailedException.Reason.TIMED_OUT, "no answer within 10 s"));
        late.endTurn();
        assertThat(late.response().code()).isEqualTo(1);
        assertThat(late.response().remark()).endsWith("no answer within 10 s");
    }

    @Test
    void keepsNoRepliesWhenToldSo() {
        config.update(all -> all.withSends(new SendSettings(true, false, 0, false)));
        int before = store.stored().size();

        RecordingExchange exchange = reply("REPLY_TO_CLIENT^" + CLIENT + "~");
        confirm(asking.calls().get(0), 0);

        assertThat(exchange.response().code()).isZero();
        assertThat(exchange.response().fields().text("msgId")).isEqualTo("0");
        assertThat(exchange.response().fields().text("queueOffset")).isEqualTo("0");
        assertThat(store.stored()).hasSize(before);
    }

    @Test
    void replyThatCannotBeStoredIsPushedAllTheSame() {
        store.refuse(AppendOutcome.Reason.DISK_FULL, "full");

        RecordingExchange exchange = reply("REPLY_TO_CLIENT^" + CLIENT + "~");
        confirm(asking.calls().get(0), 0);

        assertThat(exchange.response().code()).isZero();
        assertThat(exchange.response().fields().text("msgId")).isEqualTo("0");
    }

    @Test
    void checksTheReplyAsASend() {
        Fields unknown = fields("REPLY_TO_CLIENT^" + CLIENT + "~")
                .put("b", "Nowhere")
                .put("c", "")
                .build();
        RecordingExchange exchange = handle(unknown);

        assertThat(exchange.response().code()).isEqualTo(17);
        assertThat(exchange.response().fields().text("MSG_REGION")).isEqualTo("DefaultRegion");
        assertThat(asking.calls()).isEmpty();
    }

    @Test
    void clientThatLeftOneOfTwoGroupsCanStillBeReached() {
        producers.register("PG_OTHER", new Member(asking, CLIENT, Language.JAVA, 479, clock.nanos()));
        producers.unregister("PG_ASK", asking);
        assertThat(producers.findClient(CLIENT)).contains(asking);

        producers.unregister("PG_OTHER", asking);
        assertThat(producers.findClient(CLIENT)).isEmpty();
    }

    private RecordingExchange reply(String properties) {
        return handle(fields(properties).build());
    }

    private RecordingExchange handle(Fields fields) {
        RecordingExchange exchange = new RecordingExchange(
                Command.request(325, fields, ByteBuffer.wrap("answer".getBytes(StandardCharsets.UTF_8))), replying);
        handler.handle(exchange);
        return exchange;
    }

    private static Fields.Builder fields(String properties) {
        return Fields.builder()
                .put("a", "PG_REP")
                .put("b", TOPIC)
                .put("c", "Unknown")
                .put("d", "4")
                .put("e", "0")
                .put("f", "1")
                .put("g", "1795225503020")
                .put("h", "0")
                .put(
                        "i",
                        ("MSG_TYPE^reply~" + properties).replace('^', '\u0001').replace('~', '\u0002'))
                .put("j", "0")
                .put("k", "false");
    }

    private static void confirm(RecordingConnection.Call call, int code) {
        call.answer().complete(Command.response(call.request(), code, Fields.NONE));
    }
}
