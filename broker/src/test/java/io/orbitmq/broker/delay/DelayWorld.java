package io.orbitmq.broker.delay;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.fake.SmallStore;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.Settlement;
import io.orbitmq.store.node.SteppedStore;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Delayed delivery over the real store on a simulated disk, with simulated time; it can be opened again and again. */
final class DelayWorld {

    static final String TOPIC = "Real";
    static final int QUEUES = 3;

    private static final HostAddress HOST =
            HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));
    private static final Path ROOT = Path.of("/sim/store");

    final SimulatedClock clock = new SimulatedClock();
    final SimulatedDisk disk;
    final LiveConfig config;
    SimulatedScheduler scheduler;
    SteppedStore store;
    DelayTable table;
    Topics topics;
    DelayedSends sends;
    DelayMachine machine;
    private final int windowCapacity;
    private final Map<Integer, Long> readTo = new HashMap<>();

    DelayWorld(SimulatedDisk disk, SmallStore store, int windowCapacity) {
        this.disk = disk;
        this.windowCapacity = windowCapacity;
        this.config = new LiveConfig(BrokerConfig.defaults(ROOT).withStore(store.in(ROOT)));
    }

    /** Opens store and machine; time that passed since the last life has passed. */
    void open() throws IOException {
        scheduler = new SimulatedScheduler(clock);
        table = new DelayTable(config.get().delays());
        TopicTable topicTable = new TopicTable();
        store = SteppedStore.open(config.get().store(), List.of(topicTable, table), disk, clock, scheduler);
        topics = new Topics(topicTable, new StateLog(store), clock);
        topics.createIfAbsent(TopicConfig.of(TOPIC, QUEUES, QUEUES, 6));
        sends = new DelayedSends(config, store, table, clock);
        machine = new DelayMachine(
                new DelayMachine.Parts(
                        config.get().delays(),
                        config.get().store().retention(),
                        table,
                        store,
                        topics,
                        new QueueHandles(store, topics),
                        scheduler,
                        TrafficRecorder.NONE,
                        clock),
                windowCapacity);
        // with ASYNC_FLUSH what was shown may be lost
        readTo.replaceAll((queueId, offset) ->
                Math.min(offset, store.queue(TOPIC, queueId).maxOffset()));
        checkOffsets(Names.SCHEDULE_TOPIC, Settlement.DELAY_LEVEL, 0, 18);
        checkOffsets(Names.TIMER_TOPIC, Settlement.TIMER, 1, TimerQueues.FIRST_BUCKET + TimerQueues.BUCKETS);
        machine.start();
    }

    /** A queue never goes on before an offset that is settled. */
    private void checkOffsets(String topic, int kind, int fromQueue, int endQueue) {
        for (int queueId = fromQueue; queueId < endQueue; queueId++) {
            long settled = table.settledBelow(kind, queueId);
            long max = store.findQueue(topic, queueId).map(LogQueue::maxOffset).orElse(0L);
            if (settled > max) {
                throw new AssertionError("the queue " + topic + "-" + queueId + " goes on at " + max
                        + ", but all before " + settled + " was settled");
            }
        }
    }

    void close() throws IOException {
        machine.close();
        store.close();
    }

    /** Lets time pass. */
    void advance(Duration duration) {
        scheduler.advance(duration);
    }

    long nowMs() {
        return clock.epochMs();
    }

    /** Plans and stores a message; not flushed. */
    AppendOutcome send(String body, int queueId, String properties) {
        MessageProperties parsed =
                MessageProperties.parse(properties.replace('^', '\u0001').replace('~', '\u0002'));
        DelayPlan plan = sends.plan(parsed, TOPIC, queueId);
        LogQueue queue = plan instanceof DelayPlan.Later later ? later.queue() : store.queue(TOPIC, queueId);
        return store.append(queue, draft(body, parsed));
    }

    static MessageDraft draft(String body, MessageProperties properties) {
        return new MessageDraft(
                3,
                0,
                1_795_000_000_000L,
                HOST,
                HOST,
                0,
                0,
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                properties.toBytes());
    }

    /** Shows messages of the real topic that were not shown before, also in an earlier life. */
    void collect(Consumer<ByteBuffer> delivered) {
        for (int queueId = 0; queueId < QUEUES; queueId++) {
            LogQueue queue = store.queue(TOPIC, queueId);
            long next = Math.max(queue.minOffset(), readTo.getOrDefault(queueId, 0L));
            for (ByteBuffer record : StoredRecords.from(store, queue, next)) {
                delivered.accept(record);
                next = MessageRecord.queueOffset(record, 0) + 1;
            }
            readTo.put(queueId, next);
        }
    }
}
