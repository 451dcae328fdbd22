package io.orbitmq.broker.takeover;

import io.orbitmq.broker.delay.DelayTakeover;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.transaction.TransactionTakeover;
import io.orbitmq.foundation.file.Disk;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.tools.DeliveredTimers;
import io.orbitmq.store.tools.ImportedState;
import io.orbitmq.store.tools.ImportedState.CommittedOffset;
import io.orbitmq.store.tools.RocketMqStoreImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what Apache RocketMQ kept beside the log into the log, at the first opening of its store. Later starts do nothing,
 * whatever the files then say. One use; see the package for the thread.
 *
 * <pre>
 * look    before the store opens: unreadable state files stop the start while nothing was changed
 * run     BEGUN -> forgotten topics -> topics -> groups -> offsets -> delays -> transactions -> DONE
 * </pre>
 */
public final class StoreTakeover {

    private static final Logger LOG = LoggerFactory.getLogger(StoreTakeover.class);
    private static final int CHUNK = 500;
    /** What is due this long before the delivery's last known time is delivered for certain. */
    private static final long TIMER_MARGIN_MS = 60_000;

    private static final String HALF_READER = "CID_RMQ_SYS_TRANS";

    private final Disk disk;
    private final Path root;
    private final Optional<ImportedState> early;

    private StoreTakeover(Disk disk, Path root, Optional<ImportedState> early) {
        this.disk = disk;
        this.root = root;
        this.early = early;
    }

    /**
     * What the state is brought into.
     *
     * @param table tells whether it was done
     * @param log for its changes
     * @param queues of the open store
     * @param topics settings of topics
     * @param groups settings of groups
     * @param offsets progress of groups
     * @param delays delayed messages
     * @param transactions half messages
     */
    public record Target(
            TakeoverTable table,
            StateLog log,
            StoredTopics queues,
            Topics topics,
            GroupConfigs groups,
            ConsumerOffsets offsets,
            DelayTakeover delays,
            TransactionTakeover transactions) {}

    /**
     * Looks at the directory before the store opens.
     *
     * @param root the store's root directory
     * @throws IOException when there are state files that cannot be read
     */
    public static StoreTakeover look(Disk disk, Path root) throws IOException {
        boolean untouched = !disk.exists(root.resolve("orbitmq")) && RocketMqStoreImport.isThere(disk, root);
        return new StoreTakeover(
                disk, root, untouched ? Optional.of(RocketMqStoreImport.read(disk, root)) : Optional.empty());
    }

    /**
     * Does it if it was not done; before anything else is written to the store.
     *
     * @throws IOException when there are state files that cannot be read, or the store takes nothing
     */
    public void run(Target target) throws IOException {
        boolean first = !target.table.isDone() && target.topics.all().isEmpty();
        if (!target.table.isBegun() && !(first && RocketMqStoreImport.isThere(disk, root))) {
            return;
        }
        ImportedState state = early.isPresent() ? early.get() : RocketMqStoreImport.read(disk, root);
        LOG.info(
                "event=store-takeover-begins root={} stopped-in-order={} again={}",
                root,
                state.stoppedInOrder(),
                target.table.isBegun());
        state.notes().forEach(note -> LOG.warn("event=store-takeover-note note=\"{}\"", note));
        try {
            take(state, target);
        } catch (CompletionException | IllegalStateException e) {
            String cause = e instanceof CompletionException ? e.getCause().getMessage() : e.getMessage();
            throw new IOException(
                    "the store of Apache RocketMQ in " + root + " is not taken over completely: " + cause
                            + ". Start again when this is mended; it goes on, nothing is done twice",
                    e);
        }
    }

    private void take(ImportedState state, Target target) throws IOException {
        target.log.append(target.table, TakeoverTable.begun()).join();
        int forgotten = target.queues.forgetDeleted(disk, root, state.topics());
        inChunks(state.topics(), target.topics::putAll);
        inChunks(state.groups(), target.groups::putAll);
        takeOffsets(state.offsets(), target.offsets);
        DeliveredTimers timers = state.timers();
        long levelled = target.delays.takeLevels(state.delayOffsets());
        long timed = target.delays.takeTimers(timers.beforeMs() - TIMER_MARGIN_MS, timers.readBelow());
        long open = target.transactions.take(halfOffset(state.offsets()));
        target.log.append(target.table, TakeoverTable.done()).join();
        LOG.info(
                "event=store-taken-over topics={} groups={} offsets={} delayed={} timed={} open-transactions={}"
                        + " deleted-topics={}",
                state.topics().size(),
                state.groups().size(),
                state.offsets().size(),
                levelled,
                timed,
                open,
                forgotten);
    }

    private static void takeOffsets(List<CommittedOffset> all, ConsumerOffsets offsets) {
        Map<GroupAndTopic, Map<Integer, Long>> rows = new LinkedHashMap<>();
        all.forEach(
                one -> rows.computeIfAbsent(new GroupAndTopic(one.group(), one.topic()), key -> new LinkedHashMap<>())
                        .put(one.queueId(), one.nextOffset()));
        inChunks(
                new ArrayList<>(rows.entrySet()),
                chunk -> CompletableFuture.allOf(chunk.stream()
                        .map(row -> offsets.updateAll(
                                row.getKey().group(), row.getKey().topic(), row.getValue()))
                        .toArray(CompletableFuture[]::new)));
    }

    /** How far the half messages are done with. */
    private static long halfOffset(List<CommittedOffset> offsets) {
        return offsets.stream()
                .filter(one ->
                        one.group().equals(HALF_READER) && one.topic().equals(Names.HALF_TOPIC) && one.queueId() == 0)
                .mapToLong(CommittedOffset::nextOffset)
                .findFirst()
                .orElse(0);
    }

    private static <T> void inChunks(List<T> all, Function<List<T>, CompletableFuture<Void>> append) {
        for (int from = 0; from < all.size(); from += CHUNK) {
            append.apply(all.subList(from, Math.min(all.size(), from + CHUNK))).join();
        }
    }

    private record GroupAndTopic(String group, String topic) {}
}
