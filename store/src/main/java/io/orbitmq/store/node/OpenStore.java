package io.orbitmq.store.node;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreStatus;
import io.orbitmq.store.append.TopicDeletion;
import io.orbitmq.store.recovery.AbortMarker;
import io.orbitmq.store.retention.Ballast;
import io.orbitmq.store.state.StateTables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open store without a thread of its own: the parts, the directory's lock, and the work of the scheduler. Tests step
 * its flusher by hand; {@link LocalMessageStore} gives it a thread.
 */
final class OpenStore {

    private static final Logger LOG = LoggerFactory.getLogger(OpenStore.class);

    private final StoreConfig config;
    private final Environment environment;
    private final AutoCloseable directoryLock;
    private final AbortMarker abortMarker;
    private final StoreParts parts;
    private final StoreUpkeep upkeep;
    private volatile Runnable appendListener = () -> {};

    /**
     * What a store stands on.
     *
     * @param scheduler runs what may wait for the disk
     * @param merger runs what takes long
     */
    record Environment(Disk disk, Clock clock, Scheduler scheduler, Scheduler merger, StoreMemory memory) {

        /** Everything beside appends on one scheduler. */
        Environment(Disk disk, Clock clock, Scheduler scheduler, StoreMemory memory) {
            this(disk, clock, scheduler, scheduler, memory);
        }
    }

    private OpenStore(StoreConfig config, StateTables tables, Environment environment, AutoCloseable directoryLock)
            throws IOException {
        this.config = config;
        this.environment = environment;
        this.directoryLock = directoryLock;
        this.abortMarker = new AbortMarker(environment.disk(), config.rootDirectory());
        StoreParts.Surroundings surroundings = new StoreParts.Surroundings(
                environment.disk(), environment.clock(), environment.memory(), this::appended);
        this.parts = new StoreParts(config, tables, surroundings, abortMarker.exists());
        abortMarker.set();
        parts.checkpointer.run();
        this.upkeep = new StoreUpkeep(parts, config, environment);
    }

    static OpenStore open(StoreConfig config, StateTables tables, Environment environment) throws IOException {
        Path root = config.rootDirectory();
        environment.disk().createDirectories(root);
        environment.disk().createDirectories(config.commitLogDirectory());
        AutoCloseable lock = environment.disk().lock(root.resolve("lock"));
        try {
            if (Ballast.of(config, environment.disk()).release()) {
                LOG.warn("event=ballast-released directory={} cause=\"the disk is full\"", root);
            }
            OpenStore store = new OpenStore(config, tables, environment, lock);
            store.upkeep.afterAppend();
            return store;
        } catch (IOException | RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    StoreParts parts() {
        return parts;
    }

    /** {@code listener} runs after every append, outside the lock. */
    void onAppend(Runnable listener) {
        appendListener = listener;
    }

    AppendOutcome appendState(String table, ByteBuffer change) {
        return parts.appender.append(
                parts.queues.queue(StateTable.TOPIC, 0),
                parts.tables.draft(table, change, environment.clock().epochMs()));
    }

    AppendOutcome deleteTopicQueues(String topic) {
        AppendOutcome outcome = parts.appender.append(
                parts.queues.queue(StateTable.TOPIC, 0),
                TopicDeletion.draft(topic, environment.clock().epochMs()));
        if (outcome instanceof Refused refused) {
            LOG.warn("event=topic-queues-not-deleted topic={} reason=\"{}\"", topic, refused.text());
        }
        return outcome;
    }

    Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        parts.queues.forEach(queue -> topics.add(queue.topic()));
        return topics;
    }

    int deleteExpiredSegments() {
        return upkeep.removeExpired();
    }

    StoreStatus status() {
        Disk.Space space;
        try {
            space = environment.disk().space(config.commitLogDirectory());
        } catch (IOException e) {
            LOG.warn("event=disk-space-unknown directory={}", config.commitLogDirectory(), e);
            space = new Disk.Space(0, 0);
        }
        return new StoreStatus(
                parts.log.minPosition(),
                parts.tail.endPosition(),
                parts.flusher.durablePosition(),
                parts.tail.endPosition(),
                earliestStoreTimestamp(),
                space.usedRatio(),
                space.totalBytes(),
                space.usableBytes(),
                parts.queues.queueCount(),
                parts.appender.appendedMessages(),
                parts.appender.appendedBytes(),
                parts.appender.refusedAppends(),
                parts.fence.reason());
    }

    /** From now on appends are refused. */
    void stopAppends() {
        parts.admission.close();
    }

    /** Brings everything to disk and lets go of the directory. */
    void close() throws IOException {
        stopAppends();
        upkeep.close();
        try {
            if (!parts.fence.isClosed()) {
                parts.checkpointer.runClean();
                abortMarker.clear();
            }
        } finally {
            parts.queues.close();
            parts.keys.close();
            parts.log.close();
            release(directoryLock);
        }
    }

    private long earliestStoreTimestamp() {
        return parts.reader
                .recordAt(parts.log.minPosition())
                .map(record -> MessageRecord.storeTimestamp(record, 0))
                .orElse(-1L);
    }

    private void appended() {
        appendListener.run();
        upkeep.afterAppend();
    }

    private static void release(AutoCloseable lock) {
        try {
            lock.close();
        } catch (Exception e) {
            LOG.warn("event=store-lock-not-released", e);
        }
    }
}
