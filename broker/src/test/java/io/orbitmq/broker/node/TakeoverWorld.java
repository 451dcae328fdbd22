package io.orbitmq.broker.node;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.delay.DelayMachine;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.broker.takeover.ForeignStore;
import io.orbitmq.broker.takeover.ForeignStore.Entry;
import io.orbitmq.broker.takeover.StoreTakeover;
import io.orbitmq.broker.takeover.StoredTopics;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.node.SteppedStore;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store of Apache RocketMQ on a simulated disk, and the broker that opens it, again and again. */
final class TakeoverWorld {

    static final Path ROOT = Path.of("/foreign/store");
    static final String TOPIC = "Orders";
    static final int SEGMENT_BYTES = 32 << 10;
    /** An open transaction in a snapshot. */
    private static final int OPEN_BYTES = 1 + 3 * Long.BYTES + 2 * Integer.BYTES;

    final SimulatedClock clock = new SimulatedClock();
    final SimulatedDisk disk;
    final SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    SteppedStore store;
    BrokerParts broker;
    Optional<DelayMachine> machine = Optional.empty();

    TakeoverWorld(long seed) {
        this.disk = new SimulatedDisk(seed);
    }

    /** The files; {@code nowMs} is about when the old broker ended. */
    TakeoverWorld write() throws IOException {
        ForeignStore files = new ForeignStore(disk, ROOT, SEGMENT_BYTES, SEGMENT_BYTES);
        long now = clock.epochMs();
        for (int i = 0; i < 4; i++) {
            files.append(Entry.of(TOPIC, 0, "order " + i, "UNIQ_KEY^U" + i + "~KEYS^k" + i + "~", now - 90_000 + i));
        }
        files.append(Entry.of("Gone", 0, "of a deleted topic", "", now - 80_000));
        levels(files, now);
        timers(files, now);
        transactions(files, now);
        files.consumeQueue(TOPIC, 0, 0);
        files.consumeQueue("Expired", 3, 7);
        topicsFile(files);
        files.config("subscriptionGroup.json", """
                {"subscriptionGroupTable":{"Readers":{"groupName":"Readers","consumeEnable":false,"retryMaxTimes":3}}}""");
        files.config("consumerOffset.json", """
                {"offsetTable":{"Orders@Readers":{0:2,1:0},"RMQ_SYS_TRANS_HALF_TOPIC@CID_RMQ_SYS_TRANS":{0:1}}}""");
        files.config("delayOffset.json", "{\"offsetTable\":{1:0}}");
        files.checkpoint(now);
        files.timerCheck(now - 2_000, 7);
        files.finish();
        return this;
    }

    private static void topicsFile(ForeignStore files) throws IOException {
        files.config("topics.json", """
                {"topicConfigTable":{
                 "Orders":{"topicName":"Orders","readQueueNums":2,"writeQueueNums":3,"perm":6},
                 "Expired":{"topicName":"Expired","readQueueNums":4,"writeQueueNums":4,"perm":4}}}""");
    }

    /** State files without a log. */
    void writeConfigOnly() throws IOException {
        topicsFile(new ForeignStore(disk, ROOT, SEGMENT_BYTES, 0));
    }

    /** Level 3, ten seconds: one delivered, one delivered after progress was written, one that waits. */
    private static void levels(ForeignStore files, long now) {
        String common = "DELAY^3~REAL_TOPIC^Orders~REAL_QID^1~";
        for (int i = 0; i < 2; i++) {
            files.append(
                    Entry.of(Names.SCHEDULE_TOPIC, 2, "level " + i, common + "UNIQ_KEY^L" + i + "~", now - 20_000));
            files.append(Entry.of(TOPIC, 1, "level " + i, common + "UNIQ_KEY^L" + i + "~", now - 10_000));
        }
        files.append(Entry.of(Names.SCHEDULE_TOPIC, 2, "level 2", common + "UNIQ_KEY^L2~", now - 4_000));
    }

    private static void timers(ForeignStore files, long now) {
        String real = "REAL_TOPIC^Orders~REAL_QID^1~";
        // delivered long ago, no trace is left
        timer(files, now - 300_000, "timer 0", real + "UNIQ_KEY^T0~TIMER_OUT_MS^" + (now - 200_000) + "~");
        // delivered after progress was written
        String recent = real + "UNIQ_KEY^T1~TIMER_OUT_MS^" + (now - 1_000) + "~";
        timer(files, now - 30_000, "timer 1", recent);
        files.append(Entry.of(TOPIC, 1, "timer 1", recent + "TIMER_ENQUEUE_MS^1~TIMER_DEQUEUE_MS^2~", now - 500));
        timer(
                files,
                now - 30_000,
                "timer 2",
                real + "UNIQ_KEY^T2~TIMER_OUT_MS^" + (now + 30_000) + "~TIMER_DELIVER_MS^" + (now + 30_700) + "~");
        timer(files, now - 30_000, "timer 3", real + "TIMER_OUT_MS^" + (now + 40_000) + "~");
        timer(files, now - 30_000, "recalled", real + "UNIQ_KEY^T4~TIMER_OUT_MS^" + (now + 40_000) + "~");
        timer(
                files,
                now - 30_000,
                "0",
                real + "UNIQ_KEY^T4~TIMER_DEL_UNIQKEY^Orders+T4~TIMER_OUT_MS^" + (now + 40_000) + "~");
        // far: put back once, the newer one counts
        timer(files, now - 8_000_000, "far", real + "UNIQ_KEY^T5~TIMER_OUT_MS^" + (now + 50_000) + "~");
        timer(files, now - 1_000, "far", real + "UNIQ_KEY^T5~TIMER_ROLL_TIMES^1~TIMER_OUT_MS^" + (now + 50_000) + "~");
        // not yet read when the broker ended, overdue
        timer(files, now - 100, "unread", real + "UNIQ_KEY^T6~TIMER_OUT_MS^" + (now - 100_000) + "~");
    }

    private static void timer(ForeignStore files, long storeMs, String body, String properties) {
        files.append(Entry.of(Names.TIMER_TOPIC, 0, body, properties, storeMs));
    }

    private static void transactions(ForeignStore files, long now) {
        half(files, now - 70_000, "done before the progress", "H0", "");
        long committed = half(files, now - 60_000, "committed", "H1", "");
        files.append(
                new Entry(TOPIC, 0, "committed", "UNIQ_KEY^H1~", now - 59_000, SysFlag.TRANSACTION_COMMIT, committed));
        half(files, now - 50_000, "rolled back", "H2", "");
        half(files, now - 50_000, "open", "H3", "");
        half(files, now - 50_000, "asked", "H4", "");
        files.append(Entry.of(Names.OP_HALF_TOPIC, 0, "2,", "TAGS^d~", now - 40_000));
        half(files, now - 40_000, "asked", "H4", "TRANSACTION_CHECK_TIMES^2~");
        half(files, now - 40_000, "asked, then rolled back", "H5", "");
        half(files, now - 30_000, "asked, then rolled back", "H5", "TRANSACTION_CHECK_TIMES^1~");
        files.append(Entry.of(Names.OP_HALF_TOPIC, 0, "7", "TAGS^d~", now - 20_000));
    }

    private static long half(ForeignStore files, long storeMs, String body, String key, String more) {
        return files.append(Entry.of(
                Names.HALF_TOPIC,
                0,
                body,
                "UNIQ_KEY^" + key + "~PGROUP^Deciders~TRAN_MSG^true~REAL_TOPIC^Orders~REAL_QID^0~" + more,
                storeMs));
    }

    /** The one file of the log. */
    Path segment() {
        return ROOT.resolve(String.format("commitlog/%020d", SEGMENT_BYTES));
    }

    /** All of the log was written after the last flush. */
    void flushedLongAgo() throws IOException {
        new ForeignStore(disk, ROOT, SEGMENT_BYTES, 0).checkpoint(clock.epochMs() - 1_000_000);
    }

    void open() throws IOException {
        BrokerConfig config = BrokerConfig.defaults(ROOT).withStore(storeConfig());
        StateTables tables = StateTables.empty(config.delays());
        StoreTakeover takeover = StoreTakeover.look(disk, ROOT);
        store = SteppedStore.open(config.store(), tables.all(), disk, clock, scheduler);
        broker = new BrokerParts(config, tables, store, clock, scheduler);
        takeover.run(broker.takeover(tables.takeover(), new StoredTopics(store::topics, store::deleteTopicQueues)));
    }

    void close() throws IOException {
        machine.ifPresent(DelayMachine::close);
        machine = Optional.empty();
        store.close();
    }

    /** Delivers for a while. */
    void deliver(Duration time) {
        machine = Optional.of(broker.delays(scheduler));
        machine.get().start();
        scheduler.advance(time);
    }

    /** Bodies of a queue, in order. */
    List<String> bodies(String topic, int queueId) {
        return StoredRecords.of(store, topic, queueId).stream()
                .map(StoredRecords::body)
                .toList();
    }

    /** Bodies of the half messages whose transactions are open, with the number of checks. */
    List<String> openTransactions() {
        List<String> found = new ArrayList<>();
        ByteBuffer snapshot = broker.openTransactions.snapshot();
        for (int at = 0; at < snapshot.limit(); at += OPEN_BYTES) {
            ByteBuffer half = store.recordAt(snapshot.getLong(at + 1)).orElseThrow();
            int checks = snapshot.getInt(at + OPEN_BYTES - Integer.BYTES);
            found.add(StoredRecords.body(half) + " " + checks);
        }
        return found;
    }

    private static StoreConfig storeConfig() {
        return StoreConfig.defaults(ROOT).withSegmentSizeBytes(SEGMENT_BYTES);
    }
}
