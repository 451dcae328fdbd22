package io.orbitmq.broker.pop;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.fake.SmallStore;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.offset.OffsetTable;
import io.orbitmq.broker.pop.state.PopTable;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.pop.AckHeader;
import io.orbitmq.protocol.header.pop.ChangeInvisibleHeader;
import io.orbitmq.protocol.header.pop.PopRequestHeader;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.node.SteppedStore;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.fake.RecordingExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pop consumption over the real store on a simulated disk, with simulated time; it can be opened again and again. */
final class PopWorld {

    static final String TOPIC = "T";
    static final String GROUP = "G";
    static final int QUEUES = 2;

    private static final HostAddress HOST =
            HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));
    private static final Path ROOT = Path.of("/sim/store");

    final SimulatedClock clock = new SimulatedClock();
    final SimulatedDisk disk;
    final LiveConfig config;
    private final Random chance;
    SimulatedScheduler scheduler;
    SteppedStore store;
    PopTable table;
    ConsumerOffsets offsets;
    private Pops pops;
    private HandlerTable handlers;

    PopWorld(SimulatedDisk disk, FlushMode mode, Random chance) {
        this.disk = disk;
        this.chance = chance;
        SmallStore small = new SmallStore(32_768, mode, Duration.ofHours(72), Duration.ofSeconds(20));
        this.config = new LiveConfig(BrokerConfig.defaults(ROOT).withStore(small.in(ROOT)));
    }

    void open() throws IOException {
        scheduler = new SimulatedScheduler(clock);
        TopicTable topicTable = new TopicTable();
        GroupConfigTable groupTable = new GroupConfigTable();
        OffsetTable offsetTable = new OffsetTable();
        table = new PopTable(offsetTable::applyMoved);
        store = SteppedStore.open(
                config.get().store(), List.of(topicTable, groupTable, offsetTable, table), disk, clock, scheduler);
        StateLog log = new StateLog(store);
        Topics topics = new Topics(topicTable, log, clock);
        topics.createIfAbsent(TopicConfig.of(TOPIC, QUEUES, QUEUES, 6));
        GroupConfigs groups = new GroupConfigs(groupTable, log, clock, config);
        groups.findOrCreate(GROUP);
        offsets = new ConsumerOffsets(offsetTable, log);
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
                        Runnable::run,
                        UnpooledByteBufAllocator.DEFAULT,
                        () -> "KEY",
                        chance::nextInt,
                        1L << 30)));
        store.onArrival(pops);
        topics.addListener(pops);
        handlers = pops.addTo(HandlerTable.builder(), Lane.inline()).build();
        pops.start();
    }

    /** Power or process is gone: nothing of the old life runs any more. */
    void abandon() {
        pops.close();
    }

    void close() throws IOException {
        pops.close();
        offsets.flush();
        store.close();
    }

    void advance(Duration duration) {
        scheduler.advance(duration);
    }

    long nowMs() {
        return clock.epochMs();
    }

    AppendOutcome send(String body, int queueId) {
        return send(body, queueId, "A");
    }

    AppendOutcome send(String body, int queueId, String tag) {
        MessageDraft draft = new MessageDraft(
                0,
                0,
                clock.epochMs(),
                HOST,
                HOST,
                0,
                0,
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap(("TAGS\u0001" + tag + "\u0002").getBytes(StandardCharsets.UTF_8)));
        return store.append(store.queue(TOPIC, queueId), draft);
    }

    /** Where the queues begin, those with copies for another delivery first. */
    List<Long> firstOffsets() {
        return readable().map(LogQueue::minOffset).toList();
    }

    /** Bodies of the messages that can be read, copies for another delivery among them. */
    Set<String> bodies() {
        return readable()
                .flatMap(queue -> StoredRecords.from(store, queue, queue.minOffset()).stream())
                .map(StoredRecords::body)
                .collect(Collectors.toSet());
    }

    private Stream<LogQueue> readable() {
        Stream<LogQueue> queues = IntStream.range(0, QUEUES).mapToObj(queueId -> store.queue(TOPIC, queueId));
        return Stream.concat(store.findQueue(PopRetryTopic.of(GROUP, TOPIC, false), 0).stream(), queues);
    }

    Command pop(int queueId, int most, long invisibleMs) {
        return call(
                RequestCode.POP_MESSAGE,
                new PopRequestHeader(GROUP, TOPIC, queueId, most, invisibleMs, 0, nowMs(), 0, "TAG", "*", false, "")
                        .toFields());
    }

    Command ack(String topic, ReceiptHandle handle) {
        return call(
                RequestCode.ACK_MESSAGE,
                new AckHeader(GROUP, topic, handle.queueId(), handle.offset(), handle.text()).toFields());
    }

    Command change(String topic, ReceiptHandle handle, long invisibleMs) {
        return call(
                RequestCode.CHANGE_MESSAGE_INVISIBLETIME,
                new ChangeInvisibleHeader(GROUP, topic, handle.queueId(), handle.offset(), handle.text(), invisibleMs)
                        .toFields());
    }

    private Command call(int code, Fields fields) {
        RecordingExchange exchange = new RecordingExchange(Command.request(code, fields));
        begin(exchange);
        return exchange.response();
    }

    /** Handles a request, which may wait for its answer. */
    void begin(RecordingExchange exchange) {
        handlers.entries().get(exchange.request().code()).handler().handle(exchange);
        exchange.endTurn();
    }
}
