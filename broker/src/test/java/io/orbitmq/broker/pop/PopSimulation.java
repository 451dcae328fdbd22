package io.orbitmq.broker.pop;

import io.orbitmq.broker.fake.RandomCrashes;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.broker.pop.PopModel.Delivery;
import io.orbitmq.broker.pop.PopModel.Message;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.pop.ChangeInvisibleAnswerHeader;
import io.orbitmq.protocol.header.pop.PopAnswerHeader;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.Dice;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A life of popped messages decided by a seed: sends, pops, acknowledgements in time and late, changed times, held
 * flushes, a full disk from which old segments are removed, stops, kills and losses of power at any write. {@link
 * PopModel} is checked all the time.
 */
final class PopSimulation {

    private static final long LONGEST_HIDDEN_MS = 5_000;

    private final Random chance;
    private final PopModel model = new PopModel();
    private final PopWorld world;
    private final FlushMode mode;
    private final RandomCrashes crashes;
    private final HeldFlushes flushes;
    private int number;
    private List<Long> firstOffsets = List.of();

    PopSimulation(long seed) {
        this.chance = Dice.of(seed);
        this.mode = chance.nextInt(4) == 0 ? FlushMode.ASYNC_FLUSH : FlushMode.SYNC_FLUSH;
        this.world = new PopWorld(new SimulatedDisk(seed), mode, Dice.of(seed, 2));
        this.crashes = new RandomCrashes(world.disk, chance, 12, 40);
        this.flushes = new HeldFlushes(world, crashes);
    }

    PopModel model() {
        return model;
    }

    void run(int steps) throws IOException {
        open();
        crashes.play(steps, this::turn, this::crash);
        finish();
    }

    /** Everybody behaves: all is popped and acknowledged, and then nothing is left. */
    private void finish() throws IOException {
        crashes.end();
        world.disk.setCapacity(Long.MAX_VALUE);
        flushes.release();
        noticeRemoval();
        world.advance(Duration.ofSeconds(20));
        for (int i = 0; i < 20; i++) {
            while (pop(-1, 32, 60_000)) {
                flushes.settle();
            }
            for (Delivery delivery : List.copyOf(model.open())) {
                ack(delivery);
            }
            flushes.settle();
            world.advance(Duration.ofMillis(LONGEST_HIDDEN_MS));
        }
        model.checkComplete();
        world.advance(Duration.ofSeconds(61));
        if (world.table.messagesOut() != 0) {
            throw new AssertionError("all is acknowledged, but " + world.table.messagesOut() + " messages are out");
        }
    }

    private void turn() throws IOException {
        step();
        flushes.settle();
        noticeRemoval();
    }

    /** Of a disk that is nearly full the oldest segments go, with what nobody has popped yet. */
    private void noticeRemoval() {
        if (!world.firstOffsets().equals(firstOffsets)) {
            firstOffsets = world.firstOffsets();
            model.kept(world.bodies());
        }
    }

    private void step() throws IOException {
        switch (chance.nextInt(24)) {
            case 0, 1, 2, 3 -> send();
            case 4, 5, 6, 7, 8, 9 ->
                pop(chance.nextInt(4) == 0 ? chance.nextInt(PopWorld.QUEUES) : -1, 1 + chance.nextInt(6), hiddenMs());
            case 10, 11, 12, 13, 14 -> ackSome();
            case 15, 16 -> changeSome();
            case 17 -> flushes.change();
            case 18 -> fillDisk();
            case 19 -> restart();
            default -> world.advance(Duration.ofMillis(chance.nextInt(3) == 0 ? chance.nextInt(4_000) : 10));
        }
    }

    private long hiddenMs() {
        return chance.nextInt(3) == 0 ? 1 + chance.nextInt((int) LONGEST_HIDDEN_MS) : 1_000;
    }

    private void send() {
        int count = 1 + chance.nextInt(5);
        for (int i = 0; i < count; i++) {
            Message message = model.sending(number++);
            if (world.send(message.body(), chance.nextInt(PopWorld.QUEUES)) instanceof AppendOutcome.Refused) {
                model.refused(message);
            } else {
                flushes.onceSafe(message::stored);
            }
        }
        world.store.endTurn();
    }

    private boolean pop(int queueId, int most, long invisibleMs) {
        Command answer = world.pop(queueId, most, invisibleMs);
        if (answer.code() != ResponseCode.SUCCESS) {
            return false;
        }
        PopAnswerHeader header = PopAnswerHeader.from(answer.fields());
        for (ByteBuffer record : PopFixture.records(answer)) {
            String receipt = MessageRecord.property(record, 0, PropertyNames.POP_CK);
            ReceiptHandle handle = receipt.isEmpty() ? handle(header, record) : ReceiptHandle.parse(receipt);
            String topic = PopRetryTopic.real(PopWorld.GROUP, PopWorld.TOPIC, handle.retry());
            Delivery delivery = model.delivered(StoredRecords.body(record), topic, handle, world.nowMs());
            flushes.onceSafe(delivery::isCertain);
        }
        return true;
    }

    private static ReceiptHandle handle(PopAnswerHeader header, ByteBuffer record) {
        return new ReceiptHandle(
                0,
                header.popTimeMs(),
                header.invisibleTimeMs(),
                header.reviveQueueId(),
                ReceiptHandle.NORMAL_TOPIC,
                "broker-a",
                MessageRecord.queueId(record, 0),
                MessageRecord.queueOffset(record, 0));
    }

    private void ackSome() {
        for (int left = 1 + chance.nextInt(4); left > 0 && !model.open().isEmpty(); left--) {
            ack(model.open().get(chance.nextInt(model.open().size())));
        }
    }

    private void ack(Delivery delivery) {
        delivery.acknowledging();
        long nowMs = world.nowMs();
        if (world.ack(delivery.topic(), delivery.handle()).code() == ResponseCode.SUCCESS) {
            flushes.onceSafe(() -> delivery.acknowledged(nowMs));
            model.open().remove(delivery);
        }
    }

    private void changeSome() {
        if (model.open().isEmpty()) {
            return;
        }
        Delivery delivery = model.open().get(chance.nextInt(model.open().size()));
        long untilMs = delivery.hiddenUntilMs();
        boolean inTime = world.nowMs() < untilMs;
        long hiddenMs = hiddenMs();
        delivery.changing(world.nowMs() + hiddenMs);
        Command answer = world.change(delivery.topic(), delivery.handle(), hiddenMs);
        if (answer.code() == ResponseCode.SUCCESS) {
            ChangeInvisibleAnswerHeader header = ChangeInvisibleAnswerHeader.from(answer.fields());
            ReceiptHandle old = delivery.handle();
            ReceiptHandle renewed = new ReceiptHandle(
                    old.offset(),
                    header.popTimeMs(),
                    header.invisibleTimeMs(),
                    header.reviveQueueId(),
                    old.retry(),
                    old.brokerName(),
                    old.queueId(),
                    old.offset());
            delivery.answered(renewed);
            flushes.onceSafe(() -> delivery.changed(renewed, inTime));
        } else {
            delivery.notChanged();
        }
    }

    private void fillDisk() {
        world.disk.setCapacity(world.disk.usedBytes());
        for (int i = 0; i < 3; i++) {
            pop(-1, 3, hiddenMs());
            ackSome();
            world.advance(Duration.ofMillis(chance.nextInt(2_000)));
        }
        world.disk.setCapacity(Long.MAX_VALUE);
        world.advance(Duration.ofMillis(10_100));
    }

    private void restart() throws IOException {
        flushes.releaseIfHeld();
        switch (chance.nextInt(3)) {
            case 0 -> {
                flushes.settle();
                world.close();
                open();
            }
            case 1 -> {
                world.abandon();
                world.disk.killProcess();
                model.newLife(false);
                open();
            }
            default -> crash();
        }
    }

    private void crash() throws IOException {
        crashes.happened();
        flushes.powerLost();
        world.abandon();
        world.disk.crash();
        model.newLife(mode == FlushMode.ASYNC_FLUSH);
        open();
    }

    /** A start takes time: receipts tell pops of different lives apart by their millisecond. */
    private void open() throws IOException {
        world.clock.advance(Duration.ofMillis(1));
        world.disk.setCapacity(Long.MAX_VALUE);
        world.open();
    }
}
