package io.orbitmq.broker.pop;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.fake.ReadableStore;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.offset.OffsetTable;
import io.orbitmq.broker.pop.state.PopTable;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.request.FailureAnswers;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.pop.PopAnswerHeader;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/** Pop consumption with everything around it: topic T of two queues, group G. */
final class PopFixture {

    final SimulatedClock clock = new SimulatedClock();
    final SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    final RecordingConnection connection = new RecordingConnection();
    final Deque<Runnable> coldReads = new ArrayDeque<>();

    private final TopicTable topicTable = new TopicTable();
    private final GroupConfigTable groupTable = new GroupConfigTable();
    private final OffsetTable offsetTable = new OffsetTable();

    final PopTable table = new PopTable(offsetTable::applyMoved);
    final ReadableStore store = new ReadableStore(clock, topicTable, groupTable, offsetTable, table);
    private final StateLog log = new StateLog(store);
    final Topics topics = new Topics(topicTable, log, clock);
    final GroupConfigs groups = new GroupConfigs(groupTable, log, clock, config);
    final ConsumerOffsets offsets = new ConsumerOffsets(offsetTable, log);
    final Pops pops;
    final HandlerTable handlers;

    /** What the next draws of chance give; 99 when there is nothing: normal queues first, starting at the last. */
    final Deque<Integer> chances = new ArrayDeque<>();

    int coldReadLimit = 10;

    PopFixture() {
        topics.put(TopicConfig.of("T", 2, 2, 6));
        pops = new Pops(new PopParts(
                config,
                topics,
                new QueueHandles(store, topics),
                groups,
                offsets,
                store,
                table,
                new AdvertisedAddress("127.0.0.1", 10911),
                TrafficRecorder.NONE,
                new PopParts.Machine(
                        clock,
                        scheduler,
                        scheduler,
                        this::executeCold,
                        UnpooledByteBufAllocator.DEFAULT,
                        () -> "KEY",
                        bound -> Math.min(bound - 1, chances.isEmpty() ? 99 : chances.poll()),
                        1L << 30)));
        topics.addListener(pops);
        store.onArrival(pops);
        handlers = answering(pops.addTo(HandlerTable.builder(), Lane.inline()).build());
        pops.start();
    }

    private static HandlerTable answering(HandlerTable plain) {
        HandlerTable.Builder table = HandlerTable.builder();
        plain.entries().forEach((code, row) -> table.on(code, row.lane(), FailureAnswers.around(row.handler())));
        return table.build();
    }

    /** Fields of a pop of all queues by G that is answered at once. */
    Map<String, Object> popFields(Object... changes) {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "consumerGroup",
                "G",
                "topic",
                "T",
                "queueId",
                -1,
                "maxMsgNums",
                32,
                "invisibleTime",
                60_000,
                "pollTime",
                0,
                "bornTime",
                clock.epochMs(),
                "initMode",
                0,
                "expType",
                "TAG",
                "exp",
                "*"));
        for (int i = 0; i < changes.length; i += 2) {
            fields.put((String) changes[i], changes[i + 1]);
        }
        return fields;
    }

    RecordingExchange send(int code, Map<String, Object> fields) {
        Fields.Builder builder = Fields.builder();
        fields.forEach((name, value) -> builder.put(name, value.toString()));
        return send(Command.request(code, builder.build()));
    }

    RecordingExchange send(Command request) {
        RecordingExchange exchange = new RecordingExchange(request, connection);
        handlers.entries().get(request.code()).handler().handle(exchange);
        exchange.endTurn();
        return exchange;
    }

    /** Pops and expects an answer at once. */
    Command pop(Object... changes) {
        return send(RequestCode.POP_MESSAGE, popFields(changes)).response();
    }

    /** Pops with a wait. */
    RecordingExchange popHeld(Object... changes) {
        Map<String, Object> fields = popFields(changes);
        fields.put("pollTime", 15_000);
        return send(RequestCode.POP_MESSAGE, fields);
    }

    /** A client with a connection of its own. */
    SecondClient secondClient() {
        return new SecondClient();
    }

    final class SecondClient {

        private final RecordingConnection own = new RecordingConnection(40_002);

        RecordingExchange popHeld() {
            Fields.Builder builder = Fields.builder();
            popFields("pollTime", 15_000).forEach((name, value) -> builder.put(name, value.toString()));
            RecordingExchange exchange =
                    new RecordingExchange(Command.request(RequestCode.POP_MESSAGE, builder.build()), own);
            handlers.entries().get(RequestCode.POP_MESSAGE).handler().handle(exchange);
            return exchange;
        }
    }

    Command ack(String topic, ReceiptHandle handle) {
        return ack(topic, handle.queueId(), handle.offset(), handle.text());
    }

    Command ack(String topic, int queueId, long offset, String receipt) {
        return send(
                        RequestCode.ACK_MESSAGE,
                        Map.of(
                                "consumerGroup",
                                "G",
                                "topic",
                                topic,
                                "queueId",
                                queueId,
                                "offset",
                                offset,
                                "extraInfo",
                                receipt))
                .response();
    }

    Command changeInvisible(String topic, ReceiptHandle handle, long invisibleMs) {
        return send(
                        RequestCode.CHANGE_MESSAGE_INVISIBLETIME,
                        Map.of(
                                "consumerGroup",
                                "G",
                                "topic",
                                topic,
                                "queueId",
                                handle.queueId(),
                                "offset",
                                handle.offset(),
                                "extraInfo",
                                handle.text(),
                                "invisibleTime",
                                invisibleMs))
                .response();
    }

    /** Lets time pass, then lets event loops come round. */
    void advance(long ms) {
        scheduler.advance(Duration.ofMillis(ms));
    }

    static PopAnswerHeader header(Command answer) {
        return PopAnswerHeader.from(answer.fields());
    }

    /** The handle of a message as a client builds it. */
    static ReceiptHandle handle(Command answer, int queueId, long startOffset, long offset) {
        PopAnswerHeader header = header(answer);
        return new ReceiptHandle(
                startOffset,
                header.popTimeMs(),
                header.invisibleTimeMs(),
                header.reviveQueueId(),
                0,
                "broker-a",
                queueId,
                offset);
    }

    static List<String> bodies(Command answer) {
        return records(answer).stream().map(StoredRecords::body).toList();
    }

    static List<ByteBuffer> records(Command answer) {
        List<ByteBuffer> records = new ArrayList<>();
        ByteBuffer body = answer.body();
        for (int at = body.position(); at < body.limit(); at += MessageRecord.totalSize(body, at)) {
            records.add(body.slice(at, MessageRecord.totalSize(body, at)));
        }
        return records;
    }

    private void executeCold(Runnable task) {
        if (coldReads.size() >= coldReadLimit) {
            throw new RejectedExecutionException("full");
        }
        coldReads.add(task);
    }
}
