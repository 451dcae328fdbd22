package io.orbitmq.broker.retry;

import io.orbitmq.broker.fake.RandomCrashes;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.broker.retry.SendBackModel.Copy;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.LogQueue;
import io.orbitmq.testkit.Dice;
import io.orbitmq.testkit.disk.SimulatedDisk;
import io.orbitmq.transport.fake.RecordingExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A life of a consumer that gives messages back over and over, decided by a seed: with and without a level, until they are
 * dead letters, the same one twice, with held flushes, a full disk, stops, kills and losses of power at any write. {@link
 * SendBackModel} is checked all the time.
 */
final class SendBackSimulation {

    private static final int LIMIT = 3;
    private final Random chance;
    private final SendBackWorld world;
    private final RandomCrashes crashes;
    private final SendBackModel model = new SendBackModel();
    private final List<Message> atHand = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private final Map<String, Long> readTo = new HashMap<>();
    private int number;

    /** What the consumer has. */
    private record Message(String body, int times, long position) {}

    private record Asked(RecordingExchange exchange, Copy copy) {}

    SendBackSimulation(long seed) {
        this.chance = Dice.of(seed);
        this.world = new SendBackWorld(new SimulatedDisk(seed), 8_192L << chance.nextInt(3));
        this.crashes = new RandomCrashes(world.disk, chance, 12, 40);
    }

    SendBackModel model() {
        return model;
    }

    void run(int steps) throws IOException {
        openThroughCrashes();
        crashes.play(steps, this::turn, this::crash);
        crashes.end();
        world.disk.setCapacity(Long.MAX_VALUE);
        world.store.hold(false);
        for (int i = 0; i < 30; i++) {
            world.advance(Duration.ofSeconds(10));
            look();
        }
        model.checkComplete();
    }

    private void turn() throws IOException {
        step();
        if (!crashes.isPowerLost()) {
            world.store.endTurn();
            look();
        }
    }

    private void step() throws IOException {
        switch (chance.nextInt(20)) {
            case 0, 1, 2 -> world.send("m" + number++);
            case 3, 4, 5, 6, 7, 8, 9 -> giveBack();
            case 10 -> world.store.hold(chance.nextBoolean());
            case 11 -> fillDisk();
            case 12 -> restart();
            default -> world.advance(Duration.ofMillis(chance.nextInt(chance.nextInt(3) == 0 ? 60_000 : 3_000)));
        }
    }

    private void giveBack() {
        if (atHand.isEmpty()) {
            return;
        }
        int at = atHand.size() - 1 - chance.nextInt(Math.min(8, atHand.size()));
        Message message = chance.nextInt(4) == 0 ? atHand.get(at) : atHand.remove(at);
        int level = chance.nextInt(8) == 0 ? -1 : chance.nextInt(3);
        Copy copy = new Copy(message.body(), message.times() + 1, level < 0 || message.times() >= LIMIT);
        RecordingExchange exchange = new RecordingExchange(Command.request(
                RequestCode.CONSUMER_SEND_MSG_BACK,
                Fields.of(
                        "offset",
                        Long.toString(message.position()),
                        "group",
                        SendBackWorld.GROUP,
                        "delayLevel",
                        Integer.toString(level),
                        "originMsgId",
                        "FD00",
                        "originTopic",
                        SendBackWorld.TOPIC,
                        "unitMode",
                        "false",
                        "maxReconsumeTimes",
                        Integer.toString(LIMIT))));
        model.asking(copy);
        asked.add(new Asked(exchange, copy));
        world.giveBack(exchange);
    }

    private void fillDisk() {
        world.disk.setCapacity(world.disk.usedBytes());
        for (int i = 0; i < 5; i++) {
            giveBack();
            world.send("m" + number++);
            world.advance(Duration.ofMillis(chance.nextInt(3_000)));
            look();
        }
        world.disk.setCapacity(Long.MAX_VALUE);
        world.advance(Duration.ofMillis(10_100));
    }

    /** Takes the answers and what has arrived. */
    private void look() {
        takeAnswers();
        read(SendBackWorld.TOPIC);
        read(Names.retryTopic(SendBackWorld.GROUP));
        read(Names.dlqTopic(SendBackWorld.GROUP));
    }

    private void takeAnswers() {
        for (Asked ask : List.copyOf(asked)) {
            if (ask.exchange().isAnswered()) {
                asked.remove(ask);
                if (ask.exchange().response().code() == ResponseCode.SUCCESS) {
                    model.acknowledged(ask.copy());
                }
            }
        }
    }

    private void read(String topic) {
        if (world.store.findQueue(topic, 0).isEmpty()) {
            return;
        }
        LogQueue queue = world.store.queue(topic, 0);
        long next = Math.max(queue.minOffset(), readTo.getOrDefault(topic, 0L));
        for (ByteBuffer record : StoredRecords.from(world.store, queue, next)) {
            String body = StoredRecords.body(record);
            int times = MessageRecord.reconsumeTimes(record, 0);
            if (!topic.equals(SendBackWorld.TOPIC)) {
                model.arrived(new Copy(body, times, topic.equals(Names.dlqTopic(SendBackWorld.GROUP))));
            }
            if (!topic.equals(Names.dlqTopic(SendBackWorld.GROUP))) {
                atHand.add(new Message(body, times, MessageRecord.physicalOffset(record, 0)));
            }
            next = MessageRecord.queueOffset(record, 0) + 1;
        }
        readTo.put(topic, next);
    }

    private void restart() throws IOException {
        switch (chance.nextInt(3)) {
            case 0 -> {
                world.close();
                takeAnswers();
                openThroughCrashes();
            }
            case 1 -> {
                world.abandon();
                world.disk.killProcess();
                openThroughCrashes();
            }
            default -> crash();
        }
    }

    private void crash() throws IOException {
        takeAnswers();
        world.abandon();
        losePower();
        crashes.mayFollow();
        openThroughCrashes();
    }

    private void losePower() {
        crashes.happened();
        world.disk.crash();
    }

    private void openThroughCrashes() throws IOException {
        asked.clear();
        world.disk.setCapacity(Long.MAX_VALUE);
        crashes.open(world::open, this::losePower);
    }
}
