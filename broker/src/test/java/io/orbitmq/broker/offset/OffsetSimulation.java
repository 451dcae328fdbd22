package io.orbitmq.broker.offset;

import io.orbitmq.broker.fake.RandomCrashes;
import io.orbitmq.broker.offset.KnownOffsets.Queue;
import io.orbitmq.store.MessageStore.DurabilityListener;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.Dice;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * A life of a broker whose groups tell how far they have come, decided by a seed: in passing and waiting for it, with resets,
 * copies and deletions by operators, topics and groups that come again, old messages that go, a disk that is full or fails,
 * held flushes, stops, kills and losses of power at any write. {@link OffsetModel} is checked all the time.
 */
final class OffsetSimulation {

    private static final Duration CLEANING = Duration.ofMillis(10_100);

    private final Random chance;
    private final OffsetWorld world;
    private final RandomCrashes crashes;
    private final boolean sync;
    private final OffsetModel model;
    private final DiskTroubles troubles;
    private final OffsetAnswers answers;
    private final OffsetConsumers consumers;
    private final RandomRequests requests;
    private boolean held;

    private int life;

    OffsetSimulation(long seed) {
        this.chance = Dice.of(seed);
        this.sync = chance.nextInt(4) != 0;
        this.world = new OffsetWorld(
                new SimulatedDisk(seed),
                4_096L << chance.nextInt(3),
                sync ? FlushMode.SYNC_FLUSH : FlushMode.ASYNC_FLUSH);
        this.crashes = new RandomCrashes(world.disk, chance, 25, 40);
        this.model = new OffsetModel(sync);
        this.answers = new OffsetAnswers(model, crashes::isPowerLost);
        this.consumers = new OffsetConsumers(world, model, answers);
        this.requests = new RandomRequests(chance, world, model, consumers, new OffsetOperators(world, model, answers));
        this.troubles = new DiskTroubles(world.disk, chance);
    }

    /** Changes that were answered with success. */
    long acknowledged() {
        return answers.acknowledged;
    }

    /** Pulls that were told a reset. */
    long noticed() {
        return answers.noticed;
    }

    void run(int steps) throws IOException {
        openThroughCrashes();
        crashes.play(steps, this::turn, this::crash);
        crashes.end();
        restartInOrder();
        checkQueries();
    }

    private void turn() throws IOException {
        step();
        if (!crashes.isPowerLost()) {
            settle();
        }
        if (!crashes.isPowerLost()) {
            answers.look();
            checkQueries();
        }
    }

    private void step() throws IOException {
        switch (chance.nextInt(8)) {
            case 0 -> meddle();
            case 1 -> world.advance(Duration.ofMillis(chance.nextInt(chance.nextInt(4) == 0 ? 12_000 : 700)));
            default -> requests.next();
        }
    }

    private void meddle() throws IOException {
        switch (chance.nextInt(4)) {
            case 0 -> trouble();
            case 1 -> hold(!held);
            case 2 -> restart();
            default -> retain();
        }
    }

    // ---- faults

    private void trouble() {
        if (troubled()) {
            relieve();
        } else {
            troubles.begin();
        }
    }

    /** Changes may be refused. */
    private boolean troubled() {
        return troubles.isOn() || !world.store.status().fenced().isEmpty();
    }

    private void relieve() {
        troubles.heal();
        world.advance(CLEANING);
        troubles.end();
    }

    private void hold(boolean on) {
        held = on;
        world.store.hold(on);
    }

    private void retain() throws IOException {
        if (!troubled()) {
            settle();
            world.store.removeSegmentsBefore(world.clock.epochMs() - chance.nextInt(60_000));
        }
    }

    /** What the broker does every interval: what was told in passing goes to the log. */
    private void flush() {
        boolean due = model.hasPassing();
        model.expectFlush();
        world.offsets.flush();
        boolean stored = model.endOfRequest();
        if (due && !stored && !troubled() && !crashes.isPowerLost()) {
            throw new AssertionError("what was told in passing was not written when its time came");
        }
    }

    // ---- ends of lives

    private void restart() throws IOException {
        switch (chance.nextInt(3)) {
            case 0 -> stop();
            case 1 -> kill();
            default -> crash();
        }
    }

    private void stop() throws IOException {
        if (troubled() && chance.nextBoolean()) {
            stopInTrouble();
        } else {
            restartInOrder();
        }
    }

    /** What the store refuses now is lost like in a crash, but nothing more. */
    private void stopInTrouble() throws IOException {
        try {
            close();
        } catch (IOException e) {
            // no checkpoint, or no flush before it
        }
        if (!crashes.isPowerLost()) {
            kill();
        }
    }

    private void restartInOrder() throws IOException {
        if (troubled()) {
            relieve();
        }
        if (troubled()) {
            kill();
        }
        close();
        if (!crashes.isPowerLost()) {
            answers.look();
            answers.expectNoneLeft();
            openThroughCrashes();
            model.reopenedInOrder(found());
        }
    }

    /** As the broker does it. */
    private void close() throws IOException {
        hold(false);
        world.held.wakeAll();
        answers.look();
        flush();
        world.store.close();
    }

    private void kill() throws IOException {
        world.disk.killProcess();
        openThroughCrashes();
        model.reopenedAfterCrash(found());
    }

    private void crash() throws IOException {
        losePower();
        crashes.mayFollow();
        openThroughCrashes();
        world.disk.crashAtStep(Long.MAX_VALUE);
        model.reopenedAfterCrash(found());
    }

    private void losePower() {
        crashes.happened();
        world.disk.crash();
    }

    private void openThroughCrashes() throws IOException {
        answers.forget();
        troubles.heal();
        troubles.end();
        held = false;
        life++;
        crashes.open(() -> world.open(this::flush), this::losePower);
        world.store.onChange(this::appended);
    }

    // ---- watching

    private void appended(String table) {
        long end = world.store.status().writtenPosition();
        Set<String> created = new HashSet<>(world.known(Set.of(), 0).groups);
        created.removeAll(model.now().groups);
        if (table.equals("groups") && !model.expects(table) && created.stream().allMatch(answers::isHeld)) {
            // of a held pull that ran again
            model.expectFirst(table, known -> known.groups.addAll(created));
        }
        model.appended(table, end);
    }

    /** Flushes unless that is held, and notes what is durable then. */
    private void settle() {
        world.store.endTurn();
        long end = world.store.status().writtenPosition();
        if (!sync) {
            model.durable(world.store.status().durablePosition());
            return;
        }
        int now = life;
        world.store.whenDurable(end, new DurabilityListener() {
            @Override
            public void durable() {
                if (now == life) {
                    model.durable(end);
                }
            }

            @Override
            public void lost(String reason) {
                // no promise
            }
        });
    }

    private void checkQueries() {
        consumers.checkLenientQuery(requests.anyQueue());
        for (String group : RandomRequests.GROUPS) {
            for (String topic : RandomRequests.TOPICS) {
                for (int queueId = 0; queueId < RandomRequests.QUEUES; queueId++) {
                    consumers.checkQuery(new Queue(group, topic, queueId));
                }
            }
        }
    }

    private KnownOffsets found() {
        return world.known(Set.copyOf(RandomRequests.TOPICS), RandomRequests.QUEUES);
    }
}
