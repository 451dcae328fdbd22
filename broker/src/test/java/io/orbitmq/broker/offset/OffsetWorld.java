package io.orbitmq.broker.offset;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.PullSettings;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.delay.DelayFigures;
import io.orbitmq.broker.delay.DelayProgress;
import io.orbitmq.broker.delay.LevelProgress;
import io.orbitmq.broker.fake.SmallStore;
import io.orbitmq.broker.filter.SubscriptionFilters;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.ConsumerMode;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.Member;
import io.orbitmq.broker.group.MemberNotices;
import io.orbitmq.broker.group.ProducerGroups;
import io.orbitmq.broker.longpoll.HeldRequests;
import io.orbitmq.broker.longpoll.LongPollConfig;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.broker.manage.group.DeleteGroupHandler;
import io.orbitmq.broker.manage.offset.CloneOffsetHandler;
import io.orbitmq.broker.manage.offset.ResetOffsetHandler;
import io.orbitmq.broker.manage.topic.DeleteTopicHandler;
import io.orbitmq.broker.pull.PullHandler;
import io.orbitmq.broker.pull.PullParts;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.request.FailureAnswers;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficMeter;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.queue.QueueOffsets;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.node.SteppedStore;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import io.orbitmq.transport.RequestHandler;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What keeps consumer offsets, and all requests that move them, over the real store on a simulated disk, with simulated
 * time; it can be opened again and again.
 */
final class OffsetWorld {

    /** The only group with a member. */
    static final String GROUP_ONLINE = "G";

    private static final Path ROOT = Path.of("/sim/store");
    private static final HostAddress HOST =
            HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));

    final SimulatedDisk disk;
    final SimulatedClock clock = new SimulatedClock();
    final LiveConfig config;
    SteppedStore store;
    Topics topics;
    GroupConfigs groups;
    ConsumerOffsets offsets;
    HeldRequests held;
    private SimulatedScheduler scheduler;
    private Map<Integer, RequestHandler> handlers;
    private RecordingConnection member;

    OffsetWorld(SimulatedDisk disk, long segmentBytes, FlushMode mode) {
        this.disk = disk;
        SmallStore small = new SmallStore(segmentBytes, mode, Duration.ofHours(72), Duration.ofSeconds(5));
        this.config = new LiveConfig(BrokerConfig.defaults(ROOT).withStore(small.in(ROOT)));
    }

    /** @param flush what the broker does every interval */
    void open(Runnable flush) throws IOException {
        scheduler = new SimulatedScheduler(clock);
        TopicTable topicTable = new TopicTable();
        GroupConfigTable groupTable = new GroupConfigTable();
        OffsetTable offsetTable = new OffsetTable();
        store = SteppedStore.open(
                config.get().store(), List.of(topicTable, groupTable, offsetTable), disk, clock, scheduler);
        StateLog log = new StateLog(store);
        topics = new Topics(topicTable, log, clock);
        groups = new GroupConfigs(groupTable, log, clock, config);
        offsets = new ConsumerOffsets(offsetTable, log);
        held = new HeldRequests(clock, scheduler, LongPollConfig.of(1000));
        store.onArrival(held);
        ConsumerGroups live = new ConsumerGroups(new MemberNotices(config, groups));
        member = new RecordingConnection();
        live.join(
                GROUP_ONLINE,
                new Member(member, "client", Language.JAVA, 479, clock.nanos()),
                new ConsumerMode(ConsumeType.CONSUME_PASSIVELY, MessageModel.CLUSTERING, "CONSUME_FROM_FIRST_OFFSET"),
                List.of());
        ManageParts manage = manageParts(live);
        handlers = Map.of(
                RequestCode.PULL_MESSAGE,
                pulls(live),
                RequestCode.QUERY_CONSUMER_OFFSET,
                new QueryOffsetHandler(offsets, store),
                RequestCode.UPDATE_CONSUMER_OFFSET,
                new UpdateOffsetHandler(offsets, groups, topics),
                RequestCode.INVOKE_BROKER_TO_RESET_OFFSET,
                new ResetOffsetHandler(manage),
                RequestCode.CLONE_GROUP_OFFSET,
                new CloneOffsetHandler(manage),
                RequestCode.DELETE_SUBSCRIPTIONGROUP,
                new DeleteGroupHandler(manage),
                RequestCode.DELETE_TOPIC_IN_BROKER,
                new DeleteTopicHandler(manage));
        Duration interval = config.get().offsets().commitInterval();
        scheduler.every(interval, interval, flush);
    }

    private PullHandler pulls(ConsumerGroups live) {
        return new PullHandler(new PullParts(
                config,
                topics,
                groups,
                live,
                new SubscriptionFilters(),
                offsets,
                store,
                held,
                Runnable::run,
                TrafficRecorder.NONE,
                UnpooledByteBufAllocator.DEFAULT,
                clock));
    }

    private ManageParts manageParts(ConsumerGroups live) {
        return new ManageParts(
                config,
                OperatorSettings.NONE,
                new AdvertisedAddress("127.0.0.1", 10911),
                topics,
                groups,
                live,
                new ProducerGroups(),
                offsets,
                held,
                store,
                new TrafficMeter(clock, ZoneId.of("UTC")),
                names -> CompletableFuture.completedFuture(null),
                new NoDelays(),
                new RepeatedSends(config, store, scheduler, clock),
                clock);
    }

    RecordingExchange ask(Command request) {
        RecordingExchange exchange = new RecordingExchange(request);
        FailureAnswers.around(handlers.get(request.code())).handle(exchange);
        exchange.endTurn();
        return exchange;
    }

    /** Asks while resets are left to the clients. */
    RecordingExchange askForClientSide(Command request) {
        setServerSideReset(false);
        try {
            return ask(request);
        } finally {
            setServerSideReset(true);
        }
    }

    private void setServerSideReset(boolean on) {
        config.update(all ->
                all.withPulls(new PullSettings(true, Duration.ofSeconds(1), 1_000, true, true, on, 32, 256 * 1024)));
    }

    /** The last thing the member was told, offsets by queue id. */
    Map<Integer, Long> toldMember() {
        List<Command> told = member.oneWays();
        Map<Integer, Long> offsets = new HashMap<>();
        QueueOffsets.decode(told.get(told.size() - 1).body())
                .offsets()
                .forEach((queue, offset) -> offsets.put(queue.queueId(), offset));
        return offsets;
    }

    /** Whether it was taken. */
    boolean send(String topic, int queueId, int bytes) {
        MessageDraft draft = new MessageDraft(
                0,
                0,
                clock.epochMs(),
                HOST,
                HOST,
                0,
                0,
                ByteBuffer.wrap(new byte[bytes]),
                ByteBuffer.wrap(new byte[0]));
        return store.append(store.queue(topic, queueId), draft) instanceof AppendOutcome.Appended;
    }

    void advance(Duration duration) {
        scheduler.advance(duration);
    }

    /** What it knows of these topics and groups. */
    KnownOffsets known(Set<String> ofTopics, int queues) {
        KnownOffsets known = new KnownOffsets();
        topics.all().forEach(topic -> known.topics.add(topic.name()));
        groups.all().forEach(group -> known.groups.add(group.name()));
        offsets.forEachKey((group, topic) -> offsets.offsets(group, topic)
                .forEach(
                        (queueId, offset) -> known.offsets.put(new KnownOffsets.Queue(group, topic, queueId), offset)));
        for (String topic : ofTopics) {
            for (int queueId = 0; queueId < queues; queueId++) {
                long end = end(topic, queueId);
                if (end > 0) {
                    known.ends.computeIfAbsent(topic, key -> new HashMap<>()).put(queueId, end);
                }
            }
        }
        return known;
    }

    long end(String topic, int queueId) {
        return store.findQueue(topic, queueId).map(queue -> queue.maxOffset()).orElse(0L);
    }

    private static final class NoDelays implements DelayProgress {

        @Override
        public List<LevelProgress> levels() {
            return List.of();
        }

        @Override
        public DelayFigures figures() {
            return new DelayFigures(0, 0, 0, 0, 0, 0, 0, 0);
        }
    }
}
