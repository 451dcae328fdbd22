package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.tools.StoreVerifier;
import io.orbitmq.store.tools.VerifyReport;
import io.orbitmq.testkit.Dice;
import io.orbitmq.testkit.Lives;
import io.orbitmq.testkit.disk.SimulatedCrash;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A life of a store decided by a seed: producers, offset commits, flushes, checkpoints, segment rolls, retention, faults,
 * stops, kills and crashes at any write; after every opening and at the end {@link LogModel} is checked.
 */
final class CrashSimulation {

    private static final String[] TOPICS = {"TopicA", "TopicB", "A much longer topic name with 50 characters in it!"};
    private static final int STEPS = 120;
    /** Full with the first entry. */
    private static final long SMALL_MEMTABLE = 64 << 10;
    /** Never full. */
    private static final long LARGE_MEMTABLE = 1 << 20;

    final FlushMode mode;
    private final Random chance;
    private final SimulatedStore store;
    private final LogModel model = new LogModel();
    final SimulatedRetention retention;
    private int bodies;
    final Map<Reason, Integer> refusals = new EnumMap<>(Reason.class);
    long crashes;

    CrashSimulation(long seed) {
        this.chance = Dice.of(seed);
        this.mode = chance.nextInt(4) == 0 ? FlushMode.ASYNC_FLUSH : FlushMode.SYNC_FLUSH;
        long segmentBytes = 1024L << chance.nextInt(4);
        long memtableBytes = chance.nextInt(3) == 0 ? SMALL_MEMTABLE : LARGE_MEMTABLE;
        this.store = new SimulatedStore(new SimulatedDisk(seed), mode, segmentBytes, memtableBytes);
        this.retention = new SimulatedRetention(store, model);
    }

    long acknowledged() {
        return model.acknowledged;
    }

    void run() throws IOException {
        open();
        for (int i = 0; i < STEPS; i++) {
            try {
                fault();
                step();
                if (store.parts().fence.isClosed()) {
                    restartFenced();
                }
            } catch (SimulatedCrash e) {
                crash();
            }
        }
        store.disk.crashAtStep(Long.MAX_VALUE);
        heal();
        store.store().close();
        verify();
        open();
    }

    private void verify() throws IOException {
        VerifyReport report =
                StoreVerifier.verify(store.disk, SimulatedStore.ROOT, SimulatedStore.COMMIT_LOG, List.of());
        assertThat(report.problems()).isEmpty();
    }

    private void fault() {
        switch (chance.nextInt(100)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> store.disk.crashAtStep(store.disk.steps() + 1 + chance.nextInt(25));
            case 8 -> store.disk.failNextWrites(1);
            case 9 -> store.disk.failNextForces(1);
            case 10 -> store.disk.setCapacity(store.disk.usedBytes() + chance.nextInt(2000));
            case 11, 12, 13, 14, 15 -> store.disk.setCapacity(Long.MAX_VALUE);
            default -> {}
        }
    }

    /** The operator restarts a fenced broker; or the machine dies before. */
    private void restartFenced() throws IOException {
        heal();
        if (chance.nextBoolean()) {
            store.store().close();
            open();
        } else {
            crash();
        }
    }

    private void heal() {
        store.disk.failNextWrites(0);
        store.disk.failNextForces(0);
        store.disk.setCapacity(Long.MAX_VALUE);
    }

    private void step() throws IOException {
        int kind = chance.nextInt(16);
        if (Lives.isReplay()) {
            System.out.println("step " + kind + " " + store.mode + " end="
                    + store.parts().tail.endPosition() + " durable="
                    + store.parts().flusher.durablePosition());
        }
        switch (kind) {
            case 0, 1, 2, 3, 4 -> append();
            case 5 -> appendBatch();
            case 6, 7 -> commitOffset();
            case 8, 9, 10 -> store.flush();
            case 11 -> store.parts().flusher.endTurn();
            case 12 -> store.advance(Duration.ofMillis(chance.nextInt(60)));
            case 13 -> look();
            case 14 -> retention.run(1 + chance.nextInt(3));
            default -> restartPerhaps();
        }
    }

    private void append() {
        IndexedQueue queue = randomQueue();
        String body = nextBody();
        model.sending(queue.toString(), body);
        accept(queue, body, store.parts().appender.append(queue, draft(body)));
    }

    private void appendBatch() {
        IndexedQueue queue = randomQueue();
        List<String> texts = new ArrayList<>();
        List<MessageDraft> drafts = new ArrayList<>();
        for (int i = chance.nextInt(4); i >= 0; i--) {
            texts.add(nextBody());
            model.sending(queue.toString(), texts.get(texts.size() - 1));
            drafts.add(draft(texts.get(texts.size() - 1)));
        }
        List<AppendOutcome> outcomes =
                Drafts.append((run, positions) -> store.parts().appender.appendAll(queue, run, positions), drafts);
        for (int i = 0; i < texts.size(); i++) {
            accept(queue, texts.get(i), outcomes.get(i));
        }
    }

    private void accept(IndexedQueue queue, String body, AppendOutcome outcome) {
        if (outcome instanceof Appended appended) {
            model.placed(queue.toString(), appended, body);
            store.parts()
                    .acknowledger
                    .whenSafe(appended.endPosition(), model.promise(queue.toString(), appended, body));
        } else {
            allow((Refused) outcome);
        }
    }

    private void commitOffset() {
        String name = "group" + chance.nextInt(3);
        long offset = model.offsets.next(name);
        AppendOutcome outcome = store.store().appendState("offsets", OffsetTable.change(name, offset));
        if (outcome instanceof Appended appended) {
            store.parts().acknowledger.whenSafe(appended.endPosition(), model.promiseOffset(name, offset, appended));
        } else {
            allow((Refused) outcome);
        }
    }

    private void look() {
        IndexedQueue queue = randomQueue();
        store.records(queue, queue.minOffset());
        model.sawEnd(queue.toString(), queue.maxOffset());
    }

    private void restartPerhaps() throws IOException {
        heal();
        switch (chance.nextInt(4)) {
            case 0 -> {
                store.store().close();
                open();
            }
            case 1 -> {
                store.disk.killProcess();
                model.newLife();
                open();
            }
            default -> crash();
        }
    }

    private void crash() throws IOException {
        crashes++;
        heal();
        store.disk.crash();
        model.newLife();
        if (store.mode == FlushMode.ASYNC_FLUSH) {
            model.forgetUnforced(store.parts().flusher.durablePosition());
        }
        if (chance.nextInt(3) == 0) {
            store.disk.crashAtStep(store.disk.steps() + 1 + chance.nextInt(10));
        }
        try {
            open();
        } catch (SimulatedCrash e) {
            crash();
        }
    }

    private void open() throws IOException {
        loseIndexes();
        OffsetTable table = new OffsetTable();
        model.newLife();
        store.open(table);
        model.checkAndAdopt(store, table);
        model.checkKeys(store, bodies, chance);
    }

    private void loseIndexes() throws IOException {
        for (String index : List.of("queues", "keys")) {
            if (chance.nextInt(10) == 0) {
                store.loseIndex(index);
            }
        }
    }

    private IndexedQueue randomQueue() {
        return store.queue(TOPICS[chance.nextInt(TOPICS.length)], chance.nextInt(2));
    }

    /** The body once more as a property, so that a tear in the properties shows. */
    private static MessageDraft draft(String body) {
        String copy = LogModel.COPY_PROPERTY + "\u0001" + body + "\u0002";
        return Drafts.withProperties(body, copy + KeyedMessages.properties(body));
    }

    private String nextBody() {
        int padding = chance.nextInt(4) == 0 ? chance.nextInt(500) : chance.nextInt(50);
        return KeyedMessages.body(bodies++, "x".repeat(padding));
    }

    private void allow(Refused refused) {
        if (refused.reason() == Reason.CLOSED) {
            throw new AssertionError("unexpected refusal: " + refused);
        }
        refusals.merge(refused.reason(), 1, Integer::sum);
    }
}
