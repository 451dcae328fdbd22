package io.orbitmq.store.node;

import io.orbitmq.foundation.schedule.RecurringFailure;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.retention.Ballast;
import io.orbitmq.store.retention.LogCleaner;
import io.orbitmq.store.retention.RetentionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an open store does beside appends: room ahead, checkpoints, retention on its scheduler, and merges of index files
 * on another, as they take long. {@link #afterAppend} may be called by any thread and only asks.
 */
final class StoreUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreUpkeep.class);

    /** While messages are refused. */
    private static final Duration RELIEF_RETRY = Duration.ofSeconds(1);

    private final StoreParts parts;
    private final Path directory;
    private final Scheduler scheduler;
    private final Scheduler merger;
    private final LogGrowth growth;
    private final LogCleaner cleaner;
    private final RecurringFailure checkpointFailure;
    private final RecurringFailure mergeFailure;
    private final Scheduler.Scheduled checkpoints;
    private final Scheduler.Scheduled cleaning;
    private final AtomicBoolean reliefAsked = new AtomicBoolean();
    private final AtomicBoolean mergeAsked = new AtomicBoolean();

    StoreUpkeep(StoreParts parts, StoreConfig config, OpenStore.Environment environment) {
        this.parts = parts;
        this.directory = config.rootDirectory();
        this.scheduler = environment.scheduler();
        this.merger = environment.merger();
        this.growth = new LogGrowth(parts.tail, parts.space, parts.fence, scheduler);
        this.cleaner = new LogCleaner(
                new LogRetention(parts, environment.disk()),
                Ballast.of(config, environment.disk()),
                RetentionSettings.of(config, ZoneId.systemDefault()),
                environment.clock());
        this.checkpointFailure = new RecurringFailure(
                LOG, environment.clock(), "checkpoint", "the next one is tried; a start would replay more");
        this.mergeFailure =
                new RecurringFailure(LOG, environment.clock(), "index-merge", "tried again after the next checkpoint");
        this.checkpoints = scheduler.every(config.checkpointInterval(), config.checkpointInterval(), this::checkpoint);
        this.cleaning = cleaner.start(scheduler);
    }

    /** Asks for room, or for the indexes to be written, if that is due. Usually a few comparisons. */
    void afterAppend() {
        growth.check();
        if ((parts.queues.wantsSeal() || parts.keys.wantsSeal()) && reliefAsked.compareAndSet(false, true)) {
            scheduler.after(Duration.ZERO, this::relieve);
        }
    }

    /** Removes expired segments whatever the hour; returns how many. */
    int removeExpired() {
        try {
            return cleaner.removeExpired();
        } catch (IOException e) {
            throw new UncheckedIOException("Removing expired segments failed.", e);
        }
    }

    @Override
    public void close() {
        checkpoints.cancel();
        cleaning.cancel();
        growth.close();
    }

    private void checkpoint() {
        write(parts.checkpointer::run);
    }

    private void relieve() {
        reliefAsked.set(false);
        write(parts.checkpointer::relieve);
    }

    private void write(Write write) {
        if (parts.fence.isClosed()) {
            return;
        }
        try {
            write.run();
            checkpointFailure.worked();
            takeAppends();
        } catch (IOException e) {
            checkpointFailure.failed(e);
            if (parts.queues.isOverfull() || parts.keys.isOverfull()) {
                refuseForIndexes(e);
            } else {
                takeAppends();
            }
        }
        if (mergeAsked.compareAndSet(false, true)) {
            merger.after(Duration.ZERO, this::merge);
        }
    }

    /** The indexes keep in memory what they cannot write, so there must be an end. */
    private void refuseForIndexes(IOException cause) {
        if (reliefAsked.compareAndSet(false, true)) {
            scheduler.after(RELIEF_RETRY, this::relieve);
        }
        if (parts.admission.isRefusingForIndexes()) {
            return;
        }
        String text = "The indexes in " + directory + " cannot be written (" + cause.getMessage()
                + ") and take as much memory as they may. Messages are refused until they can be written again:"
                + " free space on that disk, or check it.";
        LOG.error("event=indexes-full text=\"{}\"", text);
        parts.admission.refuseForIndexes(text);
    }

    private void takeAppends() {
        if (parts.admission.isRefusingForIndexes()) {
            LOG.info("event=indexes-written-again directory={}", directory);
            parts.admission.allowIndexes();
        }
    }

    private void merge() {
        mergeAsked.set(false);
        try {
            boolean again;
            do {
                again = parts.queues.merge();
                again |= parts.keys.merge();
            } while (again);
            mergeFailure.worked();
        } catch (IOException e) {
            mergeFailure.failed(e);
        }
    }

    /** Writes to the disk. */
    private interface Write {

        void run() throws IOException;
    }
}
