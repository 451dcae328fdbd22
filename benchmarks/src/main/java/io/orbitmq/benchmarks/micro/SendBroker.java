package io.orbitmq.benchmarks.micro;

import io.orbitmq.benchmarks.store.MeasuredConfig;
import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.delay.DelayTable;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
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
import io.orbitmq.broker.traffic.TrafficMeter;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.frame.HeaderDecoder;
import io.orbitmq.protocol.message.UniqueKeyGenerator;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.node.LocalMessageStore;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** The part of a broker that takes sends, over a real store, for one connection. One thread. */
final class SendBroker implements AutoCloseable {

    private final SystemClock clock = new SystemClock();
    private final SystemScheduler scheduler = new SystemScheduler("send-scheduler");
    private final HeaderDecoder decoder = new HeaderDecoder();
    private final EncodingConnection connection = new EncodingConnection();
    private final LocalMessageStore store;
    private final DurableAnswers durable;
    private final SendHandler handler;

    SendBroker(Path directory) throws IOException {
        BrokerConfig defaults = BrokerConfig.defaults(directory);
        LiveConfig config = new LiveConfig(defaults.withStore(MeasuredConfig.of(directory, FlushMode.ASYNC_FLUSH)));
        TopicTable topicTable = new TopicTable();
        GroupConfigTable groupTable = new GroupConfigTable();
        this.store = LocalMessageStore.open(
                config.get().store(), List.of(topicTable, groupTable), new SystemDisk(), clock, scheduler);
        StateLog log = new StateLog(store);
        Topics topics = new Topics(topicTable, log, clock);
        topics.ensureSystemTopics(SystemTopics.of(config.get())).join();
        TrafficMeter traffic = new TrafficMeter(clock, ZoneOffset.UTC);
        this.durable = new DurableAnswers(store, scheduler, clock, Duration.ofSeconds(5), traffic::stored);
        this.handler = new SendAssembly(
                        config,
                        topics,
                        new QueueHandles(store, topics),
                        retryRule(topics, new GroupConfigs(groupTable, log, clock, config)),
                        new DelayedSends(config, store, new DelayTable(defaults.delays()), clock),
                        store,
                        durable,
                        new AdvertisedAddress("127.0.0.1", 10911),
                        new UniqueKeyGenerator(InetAddress.getLoopbackAddress(), 1, 2, clock, ZoneOffset.UTC),
                        traffic,
                        new RepeatedSends(config, store, scheduler, clock),
                        clock)
                .handler();
    }

    private RetryRule retryRule(Topics topics, GroupConfigs groups) {
        return new RetryRule(groups, new RetryTopics(topics, groups), new QueueLocks<>(clock, Duration.ofSeconds(60)));
    }

    /** Decodes and handles one request; unknown topics are made by it. */
    void handle(int headerWord, byte[] header, ByteBuffer body) {
        handler.handle(new EncodingExchange(decoder.decode(headerWord, header, body), connection));
    }

    /** Ends the turn: now the answers go out. Gives their bytes. */
    int endTurn() {
        return connection.endTurn();
    }

    @Override
    public void close() throws IOException {
        durable.close();
        store.close();
        scheduler.close();
    }
}
