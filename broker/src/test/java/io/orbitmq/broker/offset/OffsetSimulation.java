package io.orbitmq.broker.offset;

import io.orbitmq.broker.fake.RandomCrashes;
import io.orbitmq.broker.offset.KnownOffsets.Queue;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.store.MessageStore.DurabilityListener;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.disk.SimulatedCrash;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A life of a broker whose groups tell how far they have come, decided by a seed: in passing and waiting for it, with resets,
 * copies and deletions by operators, topics and groups that come again, old messages that go, a disk that is full or fails,
 * held flushes, stops, kills and losses of power at any write. {@link OffsetModel} is checked all the time.
 */
final class OffsetSimulation {

    private static final List<String> TOPICS = List.of("T", "TT");
    private static final List<String> GROUPS = List.of("G", "GT", "H");
    private static final int READ_QUEUES = 2;
    /** One more than a topic has: clients may tell offsets of any. */
    private static final int QUEUES = 3;

    private static final Duration CLEANING = Duration.ofMillis(10_100);

    private final Random chance;
    private final OffsetWorld world;
    private final RandomCrashes crashes;
    private final boolean sync;
    private final OffsetModel model;
    private final DiskTroubles troubles;
    private final OffsetAnswers answers;
    private final OffsetConsumers consumers;
    private final OffsetOperators operators;
    private boolean held;

    private int life;
    private long number = 1_000;

    OffsetSimulation(long seed) {
        this.chance = new Random(seed);
        this.sync = chance.nextInt(4) != 0;
        this.world = new OffsetWorld(
                new SimulatedDisk(seed),
                4_096L << chance.nextInt(3),
                sync ? FlushMode.SYNC_FLUSH : FlushMode.ASYNC_FLUSH);
        this.crashes = new RandomCrashes(world.disk, chance, 25, 40);
        this.model = new OffsetModel(sync);
        this.answers = new OffsetAnswers(model, crashes::isPowerLost);
        this.consumers = new OffsetConsumers(world, model, answers);
        this.operators = new OffsetOperators(world, model, answers);
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
        switch (chance.nextInt(40)) {
            case 0, 1, 2, 3, 4 -> send();
            case 5, 6, 7, 8, 9, 10, 11 -> pull();
            case 12, 13, 14, 15, 16 -> consumers.update(any(QUEUES), ++number, true);
            case 17, 18, 19, 20 -> consumers.update(any(QUEUES), ++number, false);
            case 21, 22, 23 -> reset();
            case 24 -> operators.resetByClients(pick(GROUPS), pick(TOPICS), READ_QUEUES, consumers);
            case 25 -> operators.copyOffsets(pick(GROUPS), pick(GROUPS), pick(TOPICS), QUEUES);
            case 26 -> operators.deleteGroup(pick(GROUPS), chance.nextBoolean());
            case 27 -> operators.deleteTopic(pick(TOPICS));
            case 28, 29, 30 -> createTopic();
            case 31 -> trouble();
            case 32 -> hold(!held);
            case 33 -> restart();
            case 34 -> retain();
            default -> world.advance(Duration.ofMillis(chance.nextInt(chance.nextInt(4) == 0 ? 12_000 : 700)));
        }
    }

    // ---- steps

    private void send() {
        String topic = pick(TOPICS);
        int queueId = chance.nextInt(READ_QUEUES);
        if (model.now().topics.contains(topic) && world.send(topic, queueId, 1 + chance.nextInt(600))) {
            model.expect(topic, known -> known.sent(topic, queueId));
            model.appended(topic, world.store.status().writtenPosition());
            model.endOfRequest();
        }
    }

    private void pull() {
        Queue queue = any(READ_QUEUES);
        long end = world.end(queue.topic(), queue.queueId());
        long from = chance.nextInt(4) == 0 ? chance.nextInt(10) : end;
        long commit = chance.nextInt(4) == 0 ? -1 : ++number;
        consumers.pull(queue, from, commit, chance.nextBoolean());
    }

    private void reset() {
        Queue queue = any(READ_QUEUES);
        long min = world.store
                .findQueue(queue.topic(), queue.queueId())
                .map(found -> found.minOffset())
                .orElse(0L);
        long end = world.end(queue.topic(), queue.queueId());
        operators.reset(queue, chance.nextInt(3) == 0, min + chance.nextInt((int) (end - min) + 1), READ_QUEUES);
    }

    private void createTopic() {
        String topic = pick(TOPICS);
        model.expect("topics", known -> known.topics.add(topic));
        world.topics.put(TopicConfig.of(topic, READ_QUEUES, READ_QUEUES, 6));
        model.endOfRequest();
    }

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
        if (chance.nextInt(3) == 0) {
            world.disk.crashAtStep(world.disk.steps() + 1 + chance.nextInt(20));
        }
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
        while (true) {
            try {
                world.open(this::flush);
                world.store.onChange(this::appended);
                return;
            } catch (SimulatedCrash e) {
                losePower();
            }
        }
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
        for (String group : GROUPS) {
            for (String topic : TOPICS) {
                for (int queueId = 0; queueId < QUEUES; queueId++) {
                    consumers.checkQuery(new Queue(group, topic, queueId));
                }
            }
        }
    }

    private KnownOffsets found() {
        return world.known(Set.copyOf(TOPICS), QUEUES);
    }

    private Queue any(int queues) {
        return new Queue(pick(GROUPS), pick(TOPICS), chance.nextInt(queues));
    }

    private String pick(List<String> names) {
        return names.get(chance.nextInt(names.size()));
    }
}
