package io.orbitmq.broker.transaction;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.delay.DelayTable;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.fake.ReadableStore;
import io.orbitmq.broker.fake.StoredRecords;
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
import io.orbitmq.broker.send.SendHandler;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.SystemTopics;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.protocol.header.send.EndTransactionHeader;
import io.orbitmq.protocol.header.send.SendAnswerHeader;
import io.orbitmq.protocol.message.OffsetMessageId;
import io.orbitmq.protocol.message.UniqueKeyGenerator;
import io.orbitmq.store.MessageStore;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** Sending half messages and what follows, over a store in memory. */
final class TransactionFixture {

    static final String GROUP = "PG_T1";

    final SimulatedClock clock;
    final SimulatedScheduler scheduler;
    final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    final OpenTransactions table;
    final ProducerGroups producers = new ProducerGroups();
    final RecordingConnection producer = new RecordingConnection(37914);
    final Topics topics;
    final MessageStore store;
    private final SendHandler send;
    private final HandlerTable handlers;

    /** The tables of a store that is being opened. */
    record Tables(TopicTable topics, GroupConfigTable groups, OpenTransactions transactions) {

        Tables() {
            this(new TopicTable(), new GroupConfigTable(), new OpenTransactions());
        }
    }

    TransactionFixture() {
        this(new SimulatedClock(), new Tables());
    }

    private TransactionFixture(SimulatedClock clock, Tables tables) {
        this(
                new SimulatedScheduler(clock),
                clock,
                new ReadableStore(clock, tables.topics, tables.groups, tables.transactions),
                tables);
    }

    TransactionFixture(SimulatedScheduler scheduler, SimulatedClock clock, MessageStore store, Tables tables) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.store = store;
        this.table = tables.transactions;
        GroupConfigTable groupTable = tables.groups;
        StateLog log = new StateLog(store);
        topics = new Topics(tables.topics, log, clock);
        topics.ensureSystemTopics(SystemTopics.of(config.get()));
        topics.createIfAbsent(TopicConfig.of("TopicT", 4, 4, 6));
        GroupConfigs groups = new GroupConfigs(groupTable, log, clock, config);
        DurableAnswers durable = new DurableAnswers(store, scheduler, clock, Duration.ofSeconds(5));
        DelayedSends delays =
                new DelayedSends(config, store, new DelayTable(config.get().delays()), clock);
        send = new SendAssembly(
                        config,
                        topics,
                        new QueueHandles(store, topics),
                        new RetryRule(
                                groups,
                                new RetryTopics(topics, groups),
                                new QueueLocks<>(clock, Duration.ofSeconds(60))),
                        delays,
                        store,
                        durable,
                        new AdvertisedAddress("127.0.0.1", 20210),
                        new UniqueKeyGenerator(InetAddress.getLoopbackAddress(), 1, 2, clock, ZoneOffset.UTC),
                        TrafficRecorder.NONE,
                        new RepeatedSends(config, store, scheduler, clock),
                        clock)
                .handler();
        Transactions transactions = new Transactions(
                new TransactionParts(config, table, topics, producers, store, durable, delays, scheduler, clock));
        handlers = transactions
                .addTo(HandlerTable.builder(), Lane.inline(), Lane.inline())
                .build();
        transactions.start();
    }

    /** A half message as it was acknowledged. */
    record Half(String key, long position, long queueOffset, String messageId) {}

    /** Sends a half message to queue 1 of TopicT; {@code ^} and {@code ~} separate properties. */
    Half begin(String key, String properties) {
        Command answer = sendHalf(key, properties);
        SendAnswerHeader header = SendAnswerHeader.from(answer.fields());
        long position = OffsetMessageId.decode(header.messageId()).orElseThrow().position();
        return new Half(key, position, header.queueOffset(), header.messageId());
    }

    Half begin(String key) {
        return begin(key, "");
    }

    Command sendHalf(String key, String properties) {
        return trySend(key, properties).response();
    }

    /** Perhaps without an answer. */
    RecordingExchange trySend(String key, String properties) {
        String text = "TRAN_MSG^true~PGROUP^" + GROUP + "~UNIQ_KEY^" + key + "~" + properties;
        Fields fields = Fields.builder()
                .put("a", GROUP)
                .put("b", "TopicT")
                .put("c", "TBW102")
                .put("d", "4")
                .put("e", "1")
                .put("f", "4")
                .put("g", clock.epochMs())
                .put("h", "7")
                .put("i", text.replace('^', '\u0001').replace('~', '\u0002'))
                .put("j", "0")
                .put("m", "false")
                .build();
        RecordingExchange exchange = new RecordingExchange(
                Command.request(310, fields, ByteBuffer.wrap(("body " + key).getBytes(StandardCharsets.UTF_8))),
                producer);
        send.handle(exchange);
        exchange.endTurn();
        return exchange;
    }

    /** @param decision 8 commit, 12 roll back */
    Command end(Half half, int decision) {
        return ask(RequestCode.END_TRANSACTION, header(half, decision, false).toFields());
    }

    EndTransactionHeader header(Half half, int decision, boolean fromCheck) {
        return new EndTransactionHeader(
                "TopicT", GROUP, half.queueOffset(), half.position(), decision, fromCheck, half.key(), half.key());
    }

    Command ask(int code, Fields fields) {
        return exchange(Command.request(code, fields)).response();
    }

    RecordingExchange exchange(Command request) {
        RecordingExchange exchange = new RecordingExchange(request, producer);
        handlers.find(request.code()).orElseThrow().handler().handle(exchange);
        exchange.endTurn();
        return exchange;
    }

    void register(RecordingConnection connection) {
        producers.register(GROUP, new Member(connection, "client", Language.JAVA, 479, clock.nanos()));
    }

    /** The records of a queue, oldest first. */
    List<ByteBuffer> records(String topic, int queueId) {
        return StoredRecords.of(store, topic, queueId);
    }

    List<String> bodies(String topic, int queueId) {
        return records(topic, queueId).stream().map(StoredRecords::body).toList();
    }
}
