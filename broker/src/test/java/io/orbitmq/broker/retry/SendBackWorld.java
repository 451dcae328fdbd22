package io.orbitmq.broker.retry;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.delay.DelayMachine;
import io.orbitmq.broker.delay.DelayTable;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.fake.SmallStore;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.RetryTopics;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.request.DurableAnswers;
import io.orbitmq.broker.request.FailureAnswers;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.node.SteppedStore;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import io.orbitmq.transport.RequestHandler;
import io.orbitmq.transport.fake.RecordingExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What gives messages back, over the real store on a simulated disk, with simulated time; it can be opened again and again. */
final class SendBackWorld {

    static final String TOPIC = "T";
    static final String GROUP = "G";

    private static final Path ROOT = Path.of("/sim/store");
    private static final HostAddress HOST =
            HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));

    final SimulatedDisk disk;
    private final SimulatedClock clock = new SimulatedClock();
    private final LiveConfig config;
    SteppedStore store;
    private SimulatedScheduler scheduler;
    private DelayMachine delays;
    private RequestHandler handler;

    SendBackWorld(SimulatedDisk disk, long segmentBytes) {
        this.disk = disk;
        SmallStore small = new SmallStore(segmentBytes, Duration.ofSeconds(20));
        this.config = new LiveConfig(BrokerConfig.defaults(ROOT).withStore(small.in(ROOT)));
    }

    void open() throws IOException {
        scheduler = new SimulatedScheduler(clock);
        TopicTable topicTable = new TopicTable();
        GroupConfigTable groupTable = new GroupConfigTable();
        DelayTable delayTable = new DelayTable(config.get().delays());
        store = SteppedStore.open(
                config.get().store(), List.of(topicTable, groupTable, delayTable), disk, clock, scheduler);
        StateLog log = new StateLog(store);
        Topics topics = new Topics(topicTable, log, clock);
        GroupConfigs groups = new GroupConfigs(groupTable, log, clock, config);
        QueueHandles queues = new QueueHandles(store, topics);
        delays = new DelayMachine(new DelayMachine.Parts(
                config.get().delays(),
                config.get().store().retention(),
                delayTable,
                store,
                topics,
                queues,
                scheduler,
                TrafficRecorder.NONE,
                clock));
        handler = FailureAnswers.around(new SendBackHandler(new SendBackParts(
                config,
                groups,
                new RetryTopics(topics, groups),
                new DelayedSends(config, store, delayTable, clock),
                queues,
                store,
                new DurableAnswers(store, scheduler, clock, Duration.ofSeconds(5)),
                new AdvertisedAddress("127.0.0.1", 10911),
                TrafficRecorder.NONE)));
        delays.start();
    }

    /** Power or process is gone: nothing of the old life runs any more. */
    void abandon() {
        delays.close();
    }

    void close() throws IOException {
        delays.close();
        store.close();
    }

    void advance(Duration duration) {
        scheduler.advance(duration);
    }

    void send(String body) {
        store.append(store.queue(TOPIC, 0), draft(body));
    }

    void giveBack(RecordingExchange exchange) {
        handler.handle(exchange);
        exchange.endTurn();
    }

    private static MessageDraft draft(String body) {
        return new MessageDraft(
                0,
                0,
                1_795_000_000_000L,
                HOST,
                HOST,
                0,
                0,
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap(new byte[0]));
    }
}
