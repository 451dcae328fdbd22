package io.orbitmq.broker.delay;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.node.LocalMessageStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures many waiting messages on a real disk; not a test. Arguments: directory, {@code fill} or {@code open}, number
 * of messages, length of the span in seconds that they are due in, beginning 20 s after the start.
 */
final class PendingMeasurement {

    private PendingMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[2]);
        long spanMs = TimeUnit.SECONDS.toMillis(Long.parseLong(arguments[3]));
        Clock clock = new SystemClock();
        long began = clock.nanos();
        LiveConfig config = new LiveConfig(BrokerConfig.defaults(root).withStore(StoreConfig.defaults(root)));
        DelayTable table = new DelayTable(config.get().delays());
        TopicTable topicTable = new TopicTable();
        LocalMessageStore store = LocalMessageStore.open(
                config.get().store(),
                List.of(topicTable, table),
                new SystemDisk(),
                clock,
                new SystemScheduler("store"));
        Topics topics = new Topics(topicTable, new StateLog(store), clock);
        topics.createIfAbsent(TopicConfig.of(DelayWorld.TOPIC, 1, 1, 6));
        DelayMachine machine = new DelayMachine(new DelayMachine.Parts(
                config.get().delays(),
                config.get().store().retention(),
                table,
                store,
                topics,
                new QueueHandles(store, topics),
                new SystemScheduler("delay"),
                TrafficRecorder.NONE,
                clock));
        machine.start();
        System.out.println(
                "open ms=" + TimeUnit.NANOSECONDS.toMillis(clock.nanos() - began) + " figures=" + machine.figures());
        DelayedSends sends = new DelayedSends(config, store, table, clock);
        if (arguments[1].equals("fill")) {
            fill(store, sends, clock, count, spanMs);
        }
        watch(store, machine, clock, count);
        Runtime.getRuntime().halt(1);
    }

    private static void fill(LocalMessageStore store, DelayedSends sends, Clock clock, int count, long spanMs) {
        Random chance = new Random(1);
        long began = clock.nanos();
        long firstMs = clock.epochMs() + 20_000;
        for (int i = 0; i < count; i++) {
            MessageProperties properties = new MessageProperties()
                    .put(PropertyNames.TIMER_DELIVER_MS, Long.toString(firstMs + (long) (chance.nextDouble() * spanMs)))
                    .put(PropertyNames.UNIQ_KEY, "KEY" + i);
            DelayPlan plan = sends.plan(properties, DelayWorld.TOPIC, 0);
            LogQueue queue = ((DelayPlan.Later) plan).queue();
            while (store.append(queue, DelayWorld.draft("a body of some bytes, number " + i, properties))
                    instanceof Refused) {
                store.endTurn();
                LockSupport.parkNanos(100_000);
            }
            if (i % 100 == 0) {
                store.endTurn();
            }
        }
        store.endTurn();
        System.out.println("filled count=" + count + " ms=" + TimeUnit.NANOSECONDS.toMillis(clock.nanos() - began));
    }

    private static void watch(LocalMessageStore store, DelayMachine machine, Clock clock, int count) {
        LogQueue queue = store.queue(DelayWorld.TOPIC, 0);
        long[] late = new long[5];
        long[] next = {0};
        long worst = 0;
        long end = clock.nanos() + TimeUnit.SECONDS.toNanos(60);
        while (clock.nanos() < end && next[0] < count) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            long[] max = {worst};
            while (next[0] < queue.maxOffset()) {
                next[0] = store.read(
                                queue,
                                new ReadRequest(next[0], 1000, 1 << 22, 1000, ReadRequest.RecordFilter.ALL, false),
                                record -> {
                                    long due = Long.parseLong(
                                            MessageRecord.property(record, 0, PropertyNames.TIMER_OUT_MS));
                                    long by = MessageRecord.storeTimestamp(record, 0) - due;
                                    max[0] = Math.max(max[0], by);
                                    late[by < 0 ? 0 : by <= 10 ? 1 : by <= 100 ? 2 : by <= 1000 ? 3 : 4]++;
                                })
                        .nextOffset();
            }
            worst = max[0];
            Runtime runtime = Runtime.getRuntime();
            System.out.println("delivered=" + next[0] + " early=" + late[0] + " to10ms=" + late[1] + " to100ms="
                    + late[2] + " to1s=" + late[3] + " later=" + late[4] + " worstMs=" + worst + " usedMiB="
                    + (runtime.totalMemory() - runtime.freeMemory() >> 20) + " waiting="
                    + machine.figures().waitingForTime());
        }
    }
}
