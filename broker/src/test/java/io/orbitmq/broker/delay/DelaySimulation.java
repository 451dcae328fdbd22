package io.orbitmq.broker.delay;

import io.orbitmq.broker.delay.DelayMachine.RecallResult;
import io.orbitmq.broker.fake.RandomCrashes;
import io.orbitmq.broker.fake.SmallStore;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.MessageStore.DurabilityListener;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.Dice;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A life of delayed messages decided by a seed: sends to levels and to any time, recalls, held flushes, a full disk, a
 * clock set back, stops, kills and losses of power at any write, removal of old segments. {@link DelayModel} is checked
 * all the time.
 */
final class DelaySimulation {

    private static final Duration RETENTION = Duration.ofHours(3);

    private static final Duration LOOK_PERIOD = Duration.ofMinutes(30);
    /** A full disk has many turns a second, all alike. */
    private static final Duration LONGEST_FULL = Duration.ofMinutes(10);

    private final Random chance;
    private final Scale scale;
    private final DelayModel model = new DelayModel();
    private final DelayWorld world;
    private final FlushMode mode;
    private final RandomCrashes crashes;

    /** How long things take. */
    enum Scale {
        SECONDS,
        DAYS
    }

    DelaySimulation(long seed, Scale scale) {
        this.chance = Dice.of(seed);
        this.scale = scale;
        this.mode = chance.nextInt(4) == 0 ? FlushMode.ASYNC_FLUSH : FlushMode.SYNC_FLUSH;
        long segmentBytes = 16_384L << chance.nextInt(3);
        SmallStore store = new SmallStore(segmentBytes, mode, RETENTION, Duration.ofMinutes(10));
        this.world = new DelayWorld(new SimulatedDisk(seed), store, 2 + chance.nextInt(8));
        this.crashes = new RandomCrashes(world.disk, chance, 20, 60);
    }

    DelayModel model() {
        return model;
    }

    void run(int steps) throws IOException {
        open();
        crashes.play(steps, this::turn, this::crash);
        finish();
    }

    private void finish() throws IOException {
        crashes.end();
        world.disk.setCapacity(Long.MAX_VALUE);
        world.store.hold(false);
        model.troubleUntil(world.nowMs());
        while (model.lastDueMs() >= world.nowMs() - 1000) {
            pass(scale == Scale.SECONDS ? Duration.ofSeconds(10) : Duration.ofHours(1));
            look();
            retain();
        }
        pass(Duration.ofSeconds(20));
        look();
        model.checkComplete();
    }

    private void turn() throws IOException {
        step();
        look();
    }

    private void step() throws IOException {
        switch (chance.nextInt(20)) {
            case 0, 1, 2, 3 -> sendToLevel();
            case 4, 5, 6, 7, 8 -> sendForTime();
            case 9 -> burst();
            case 10, 11 -> recall();
            case 12 -> holdFlush();
            case 13 -> fillDisk();
            case 14 -> retain();
            case 15 -> restart();
            default -> pass(randomTime());
        }
    }

    private void sendToLevel() {
        int level = 1 + chance.nextInt(scale == Scale.SECONDS ? 5 : 18);
        DelayModel.Sent sent = model.sending(level, world.nowMs());
        AppendOutcome outcome = world.send(sent.body(), 0, "DELAY^" + level + "~UNIQ_KEY^" + sent.body() + "~");
        if (outcome instanceof Appended appended) {
            sent.placed(appended.storeTimestamp()
                    + world.config.get().delays().ofLevel(level).toMillis());
        }
        stored(sent, outcome);
    }

    private void sendForTime() {
        send(randomDelayMs());
    }

    private void send(long delayMs) {
        DelayModel.Sent sent = model.sending(0, world.nowMs());
        String properties = "TIMER_DELAY_MS^" + delayMs + "~UNIQ_KEY^" + sent.body() + "~";
        sent.placed(world.nowMs() + delayMs);
        stored(sent, world.send(sent.body(), chance.nextInt(DelayWorld.QUEUES), properties));
    }

    /** Many messages due nearly together, more than the window holds. */
    private void burst() {
        long delayMs = randomDelayMs();
        for (int i = 0; i < 40; i++) {
            send(delayMs + chance.nextInt(3));
        }
    }

    private void stored(DelayModel.Sent sent, AppendOutcome outcome) {
        if (outcome instanceof Appended appended) {
            world.store.whenDurable(appended.endPosition(), new DurabilityListener() {
                @Override
                public void durable() {
                    sent.acknowledge();
                }

                @Override
                public void lost(String reason) {}
            });
            world.store.endTurn();
        } else {
            model.refused(sent);
        }
    }

    private void recall() {
        List<DelayModel.Sent> candidates = model.waitingForTime();
        if (candidates.isEmpty()) {
            return;
        }
        DelayModel.Sent target = candidates.get(chance.nextInt(candidates.size()));
        target.recalling();
        CompletableFuture<RecallResult> result = world.machine.recall(DelayWorld.TOPIC, target.body(), target.dueMs());
        result.thenAccept(done -> {
            if (done == RecallResult.RECALLED) {
                target.recalled();
            }
        });
        pass(Duration.ofMillis(chance.nextInt(3)));
    }

    private void holdFlush() {
        world.store.hold(true);
        int sends = chance.nextInt(4);
        for (int i = 0; i < sends; i++) {
            send(1 + chance.nextInt(30));
        }
        pass(Duration.ofMillis(chance.nextInt(50)));
        world.store.hold(false);
        model.troubleUntil(world.nowMs());
    }

    private void fillDisk() {
        world.disk.setCapacity(world.disk.usedBytes());
        model.trouble();
        Duration time = randomTime();
        pass(time.compareTo(LONGEST_FULL) > 0 ? LONGEST_FULL : time);
        look();
        world.disk.setCapacity(Long.MAX_VALUE);
        // the store looks at the disk again within ten seconds
        model.troubleUntil(world.nowMs() + 10_100);
    }

    private void retain() throws IOException {
        look();
        world.store.removeSegmentsBefore(world.nowMs() - RETENTION.toMillis());
        model.checkSpan(world, RETENTION);
    }

    private void restart() throws IOException {
        switch (chance.nextInt(4)) {
            case 0 -> {
                world.close();
                pauseAndOpen();
            }
            case 1 -> {
                world.machine.close();
                world.disk.killProcess();
                // ASYNC_FLUSH acknowledges what the kernel has, which outlives the process
                model.newLife(true);
                pauseAndOpen();
            }
            default -> crash();
        }
    }

    private void crash() throws IOException {
        crashes.happened();
        world.machine.close();
        world.disk.crash();
        model.newLife(mode == FlushMode.SYNC_FLUSH);
        pauseAndOpen();
    }

    private void pauseAndOpen() throws IOException {
        if (chance.nextBoolean()) {
            world.clock.advance(randomTime());
        }
        open();
    }

    private void open() throws IOException {
        world.disk.setCapacity(Long.MAX_VALUE);
        world.open();
        model.troubleUntil(world.nowMs());
    }

    /** Lets time pass and looks often enough to see messages before retention removes them. */
    private void pass(Duration time) {
        Duration left = time;
        while (left.compareTo(LOOK_PERIOD) > 0) {
            world.advance(LOOK_PERIOD);
            look();
            left = left.minus(LOOK_PERIOD);
        }
        world.advance(left);
    }

    private void look() {
        world.collect(this::delivered);
    }

    private void delivered(ByteBuffer record) {
        model.delivered(StoredRecords.body(record), MessageRecord.storeTimestamp(record, 0));
    }

    private long randomDelayMs() {
        return switch (chance.nextInt(4)) {
            case 0 -> 1 + chance.nextInt(50);
            case 1 -> 1 + chance.nextInt(5_000);
            case 2 -> 1 + chance.nextInt(180_000);
            default ->
                scale == Scale.SECONDS
                        ? 1 + chance.nextInt(600_000)
                        : 1 + chance.nextLong(Duration.ofDays(40).toMillis());
        };
    }

    private Duration randomTime() {
        if (scale == Scale.DAYS && chance.nextInt(3) == 0) {
            return Duration.ofMinutes(chance.nextInt(600));
        }
        return Duration.ofMillis(chance.nextInt(4) == 0 ? chance.nextInt(60_000) : chance.nextInt(2_000));
    }
}
