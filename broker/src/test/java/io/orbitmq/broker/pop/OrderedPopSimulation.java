package io.orbitmq.broker.pop;

import io.orbitmq.broker.fake.RandomCrashes;
import io.orbitmq.broker.pop.OrderedPopClients.Delivery;
import io.orbitmq.broker.pop.OrderedPopClients.Pop;
import io.orbitmq.broker.pop.OrderedPopModel.Message;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.Dice;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A life of messages popped in order, decided by a seed: sends, pops that wait and that do not, with and without attempt
 * ids, acknowledgements in time and late, one by one and together, changed times, held flushes, a full disk, stops, kills
 * and losses of power at any write. An {@link OrderedPopModel} of each queue is checked all the time.
 */
final class OrderedPopSimulation {

    private static final int LONGEST_HIDDEN_MS = 5_000;
    private static final List<String> ATTEMPTS = List.of("", "", "a", "b");

    private final Random chance;
    private final PopWorld world;
    private final FlushMode mode;
    private final String subscription;
    private final OrderedPopClients clients;
    private final RandomCrashes crashes;
    private final HeldFlushes flushes;
    private final long[] nextOffsets = new long[PopWorld.QUEUES];
    private int number;

    OrderedPopSimulation(long seed) {
        this.chance = Dice.of(seed);
        this.mode = chance.nextInt(4) == 0 ? FlushMode.ASYNC_FLUSH : FlushMode.SYNC_FLUSH;
        this.subscription = chance.nextBoolean() ? "*" : "A";
        this.world = new PopWorld(new SimulatedDisk(seed), mode, Dice.of(seed, 2));
        this.crashes = new RandomCrashes(world.disk, chance, 12, 40);
        this.flushes = new HeldFlushes(world, crashes);
        this.clients = new OrderedPopClients(world, subscription, flushes::onceSafe, crashes::isPowerLost);
    }

    List<OrderedPopModel> models() {
        return clients.models();
    }

    void run(int steps) throws IOException {
        open();
        crashes.play(steps, this::turn, () -> crash(true));
        finish();
    }

    /** Everybody behaves: all is popped and acknowledged. */
    private void finish() throws IOException {
        crashes.end();
        world.disk.setCapacity(Long.MAX_VALUE);
        flushes.release();
        world.advance(Duration.ofSeconds(30));
        clients.collect();
        for (int i = 0; i < 20; i++) {
            while (clients.pop(new Pop(-1, 32, 60_000, 0, ""))) {
                flushes.settle();
                List.copyOf(clients.open()).forEach(clients::ack);
                clients.open().clear();
            }
            flushes.settle();
            world.advance(Duration.ofMillis(LONGEST_HIDDEN_MS));
        }
        for (int queueId = 0; queueId < PopWorld.QUEUES; queueId++) {
            models().get(queueId).checkComplete(clients.minOffset(queueId));
        }
    }

    private void turn() throws IOException {
        step();
        flushes.settle();
        clients.collect();
        flushes.settle();
        if (!crashes.isPowerLost()) {
            clients.checkWaiting();
        }
    }

    private void step() throws IOException {
        switch (chance.nextInt(24)) {
            case 0, 1, 2, 3 -> send();
            case 4, 5, 6, 7 -> clients.pop(pop(0, ATTEMPTS.get(chance.nextInt(ATTEMPTS.size()))));
            case 8, 9 -> clients.ask(pop(1 + chance.nextInt(9_000), ""));
            case 10, 11, 12, 13 -> ackSome();
            case 14 -> ackTogether();
            case 15, 16 -> changeSome();
            case 17 -> flushes.change();
            case 18 -> fillDisk();
            case 19 -> restart();
            default -> advance(chance.nextInt(3) == 0 ? chance.nextInt(4_000) : 10);
        }
    }

    private Pop pop(long pollMs, String attemptId) {
        int queueId = chance.nextBoolean() ? chance.nextInt(PopWorld.QUEUES) : -1;
        return new Pop(queueId, 1 + chance.nextInt(6), hiddenMs(), pollMs, attemptId);
    }

    private long hiddenMs() {
        return chance.nextInt(3) == 0 ? 1 + chance.nextInt(LONGEST_HIDDEN_MS) : 1_000;
    }

    private void send() {
        int count = 1 + chance.nextInt(5);
        for (int i = 0; i < count && !crashes.isPowerLost(); i++) {
            String body = "m" + number++;
            int queueId = chance.nextInt(PopWorld.QUEUES);
            if (subscription.equals("*") || chance.nextInt(3) > 0) {
                send(body, queueId);
            } else if (world.send(body, queueId, "B") instanceof AppendOutcome.Appended) {
                nextOffsets[queueId]++;
            }
        }
        world.store.endTurn();
    }

    private void send(String body, int queueId) {
        OrderedPopModel model = models().get(queueId);
        long offset = nextOffsets[queueId];
        Message message = model.sending(body, offset);
        if (world.send(body, queueId) instanceof AppendOutcome.Appended appended) {
            if (appended.queueOffset() != offset) {
                throw new AssertionError("expected " + body + " at " + offset + ", found " + appended);
            }
            nextOffsets[queueId]++;
            flushes.onceSafe(message::isSafe);
        } else if (!crashes.isPowerLost()) {
            model.refused(message);
        }
    }

    private void ackSome() {
        for (int left = 1 + chance.nextInt(4); left > 0 && !clients.open().isEmpty(); left--) {
            clients.ack(oneOpen());
        }
    }

    private void ackTogether() {
        // a pop that is woken in the midst of it must not have the time of the one that is acknowledged
        advance(1);
        if (!clients.open().isEmpty()) {
            clients.ackTogether(oneOpen());
        }
    }

    private void changeSome() {
        if (!clients.open().isEmpty()) {
            clients.change(oneOpen(), hiddenMs());
        }
    }

    /** Mostly one that came lately. */
    private Delivery oneOpen() {
        List<Delivery> open = clients.open();
        int recent = chance.nextInt(4) == 0 ? open.size() : Math.min(open.size(), 6);
        return open.get(open.size() - 1 - chance.nextInt(recent));
    }

    private void advance(int ms) {
        world.advance(Duration.ofMillis(ms));
        clients.collect();
    }

    private void fillDisk() {
        world.disk.setCapacity(world.disk.usedBytes());
        for (int i = 0; i < 3; i++) {
            clients.pop(pop(0, ""));
            ackSome();
            ackTogether();
            advance(chance.nextInt(2_000));
        }
        world.disk.setCapacity(Long.MAX_VALUE);
        advance(10_100);
    }

    private void restart() throws IOException {
        flushes.releaseIfHeld();
        switch (chance.nextInt(3)) {
            case 0 -> {
                flushes.settle();
                clients.lifeIsOver(false);
                world.close();
                newLife(false);
            }
            case 1 -> {
                clients.lifeIsOver(false);
                world.abandon();
                world.disk.killProcess();
                flushes.forget();
                newLife(false);
            }
            default -> crash(false);
        }
    }

    private void crash(boolean inTheMidst) throws IOException {
        clients.lifeIsOver(inTheMidst);
        world.abandon();
        losePower();
        crashes.mayFollow();
        newLife(mode == FlushMode.ASYNC_FLUSH);
    }

    private void newLife(boolean everything) throws IOException {
        // a start takes time: pops of two lives have different times
        world.clock.advance(Duration.ofMillis(1));
        open();
        for (int queueId = 0; queueId < PopWorld.QUEUES; queueId++) {
            nextOffsets[queueId] = world.store.queue(PopWorld.TOPIC, queueId).maxOffset();
            models().get(queueId).newLife(everything, nextOffsets[queueId]);
        }
    }

    private void losePower() {
        crashes.happened();
        flushes.powerLost();
        world.disk.crash();
    }

    private void open() throws IOException {
        world.disk.setCapacity(Long.MAX_VALUE);
        crashes.open(world::open, this::losePower);
    }
}
