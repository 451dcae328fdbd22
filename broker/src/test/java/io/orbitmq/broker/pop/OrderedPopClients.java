package io.orbitmq.broker.pop;

import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.broker.pop.OrderedBatch.Out;
import io.orbitmq.broker.pop.OrderedPopModel.Message;
import io.orbitmq.protocol.body.pop.BatchAck;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.pop.ChangeInvisibleAnswerHeader;
import io.orbitmq.protocol.header.pop.PopAnswerHeader;
import io.orbitmq.protocol.header.pop.PopRequestHeader;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Consumers that pop in order: they ask the broker and tell an {@link OrderedPopModel} of each queue. */
final class OrderedPopClients {

    private static final int MOST_TRIES = 5;
    /** What held pops may be late, and a little more. */
    private static final long TOLERANCE_MS = 60;

    private final PopWorld world;
    private final String subscription;
    private final List<OrderedPopModel> models = IntStream.range(0, PopWorld.QUEUES)
            .mapToObj(queueId -> new OrderedPopModel())
            .toList();
    private final List<Delivery> open = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private final Consumer<Runnable> onceSafe;
    private final BooleanSupplier powerLost;

    /** A message that a consumer has. */
    record Delivery(OrderedPopModel queue, Message message, ReceiptHandle handle) {}

    /** A pop. */
    record Pop(int queueId, int most, long hiddenMs, long pollMs, String attemptId) {}

    private record Asked(Pop pop, RecordingExchange exchange) {

        private long popTimeMs() {
            return exchange.response().fields().longOr("popTime", 0);
        }
    }

    /** @param onceSafe takes what is true once what was appended is safe */
    OrderedPopClients(PopWorld world, String subscription, Consumer<Runnable> onceSafe, BooleanSupplier powerLost) {
        this.world = world;
        this.subscription = subscription;
        this.onceSafe = onceSafe;
        this.powerLost = powerLost;
    }

    List<OrderedPopModel> models() {
        return models;
    }

    List<Delivery> open() {
        return open;
    }

    /** Returns whether there was something. */
    boolean pop(Pop pop) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Command answer = ask(pop).response();
            if (answer.code() != ResponseCode.POLLING_TIMEOUT || !mustGet(pop, world.nowMs())) {
                return answer.code() == ResponseCode.SUCCESS;
            }
        }
        throw new AssertionError(pop + " got nothing at " + world.nowMs() + ", but " + models);
    }

    /** Asks once; the answer may come later. */
    RecordingExchange ask(Pop pop) {
        RecordingExchange exchange = begin(pop);
        collect();
        return exchange;
    }

    private RecordingExchange begin(Pop pop) {
        Fields fields = new PopRequestHeader(
                        PopWorld.GROUP,
                        PopWorld.TOPIC,
                        pop.queueId(),
                        pop.most(),
                        pop.hiddenMs(),
                        pop.pollMs(),
                        world.nowMs(),
                        0,
                        "TAG",
                        subscription,
                        true,
                        pop.attemptId())
                .toFields();
        RecordingExchange exchange = new RecordingExchange(Command.request(RequestCode.POP_MESSAGE, fields));
        asked.add(new Asked(pop, exchange));
        world.begin(exchange);
        return exchange;
    }

    void ack(Delivery delivery) {
        delivery.queue().acknowledging(delivery.handle().popTimeMs(), delivery.message());
        Command answer = world.ack(PopWorld.TOPIC, delivery.handle());
        if (answer.code() == ResponseCode.SUCCESS) {
            acknowledged(delivery);
        }
        collect();
    }

    /** Acknowledges all messages of one pop from one queue by one request. */
    void ackTogether(Delivery one) {
        List<Delivery> batch = open.stream()
                .filter(other -> other.queue() == one.queue()
                        && other.handle().popTimeMs() == one.handle().popTimeMs())
                .toList();
        long start = batch.stream()
                .mapToLong(delivery -> delivery.handle().offset())
                .min()
                .orElseThrow();
        BitSet bits = new BitSet();
        for (Delivery delivery : batch) {
            delivery.queue().acknowledging(delivery.handle().popTimeMs(), delivery.message());
            bits.set((int) (delivery.handle().offset() - start));
        }
        ReceiptHandle handle = one.handle();
        BatchAck.Acked acked = new BatchAck.Acked(
                PopWorld.GROUP,
                PopWorld.TOPIC,
                handle.retry(),
                start,
                handle.queueId(),
                handle.reviveQueueId(),
                handle.popTimeMs(),
                handle.invisibleTimeMs(),
                bits);
        Command request = Command.request(
                RequestCode.BATCH_ACK_MESSAGE,
                Fields.NONE,
                ByteBuffer.wrap(new BatchAck("broker-a", List.of(acked)).encode()));
        RecordingExchange exchange = new RecordingExchange(request);
        world.begin(exchange);
        // a pop that was woken in the midst of it may have got the rest, for which the acknowledgement came too late
        boolean perhapsTooLate =
                asked.stream().anyMatch(waiting -> waiting.exchange().isAnswered());
        if (exchange.response().code() == ResponseCode.SUCCESS && !perhapsTooLate) {
            // what was removed to make room is passed over, and hidden until its time is over
            long min = minOffset(handle.queueId());
            batch.stream().filter(delivery -> delivery.handle().offset() >= min).forEach(this::acknowledged);
        }
        collect();
    }

    private void acknowledged(Delivery delivery) {
        if (delivery.queue().isCertain()) {
            List<Out> outs = delivery.queue().outs(delivery.handle().popTimeMs(), delivery.message());
            outs.forEach(Out::acknowledged);
            onceSafe.accept(() -> outs.forEach(Out::acknowledgedSafely));
        }
        open.remove(delivery);
    }

    void change(Delivery delivery, long hiddenMs) {
        long untilMs = world.nowMs() + hiddenMs;
        List<Out> outs = delivery.queue().outs(delivery.handle().popTimeMs(), delivery.message());
        outs.forEach(out -> out.changing(untilMs));
        Command answer = world.change(PopWorld.TOPIC, delivery.handle(), hiddenMs);
        ChangeInvisibleAnswerHeader header = ChangeInvisibleAnswerHeader.from(answer.fields());
        if (answer.code() == ResponseCode.SUCCESS && header.popTimeMs() != 0) {
            if (header.popTimeMs() + header.invisibleTimeMs() != untilMs) {
                throw new AssertionError("asked to hide until " + untilMs + ", got " + header);
            }
            if (delivery.queue().isCertain()) {
                outs.forEach(out -> out.changed(untilMs));
                onceSafe.accept(() -> outs.forEach(Out::changedSafely));
            } else {
                outs.forEach(out -> out.perhapsChanged(untilMs));
            }
        }
        collect();
    }

    /** Takes the answers that came meanwhile. */
    void collect() {
        takeAnswered().forEach(ask -> ask.exchange().endTurn());
    }

    /** No pop waits for what it must get. */
    void checkWaiting() {
        for (Asked ask : asked) {
            if (mustGet(ask.pop(), world.nowMs() - TOLERANCE_MS)) {
                throw new AssertionError(ask.pop() + " still waits at " + world.nowMs() + ", but " + models);
            }
        }
    }

    /** The consumers of an old life get no more answers. */
    void lifeIsOver(boolean inTheMidst) {
        takeAnswered();
        if (inTheMidst) {
            asked.forEach(ask -> perhapsDelivered(ask.pop()));
        }
        asked.clear();
    }

    void newLife(boolean everything) {
        for (int queueId = 0; queueId < models.size(); queueId++) {
            models.get(queueId)
                    .newLife(
                            everything,
                            world.store.queue(PopWorld.TOPIC, queueId).maxOffset());
        }
    }

    private List<Asked> takeAnswered() {
        List<Asked> answered = asked.stream()
                .filter(ask -> ask.exchange().isAnswered())
                .sorted(Comparator.comparingLong(Asked::popTimeMs))
                .toList();
        asked.removeAll(answered);
        answered.forEach(this::take);
        return answered;
    }

    private void take(Asked ask) {
        Command answer = ask.exchange().response();
        switch (answer.code()) {
            case ResponseCode.SUCCESS -> deliver(ask.pop(), answer);
            case ResponseCode.POLLING_TIMEOUT -> {}
            case ResponseCode.SYSTEM_ERROR -> {
                if (powerLost.getAsBoolean()) {
                    perhapsDelivered(ask.pop());
                }
            }
            default -> throw new AssertionError(ask.pop() + " got " + answer);
        }
    }

    private void deliver(Pop pop, Command answer) {
        PopAnswerHeader header = PopAnswerHeader.from(answer.fields());
        Map<Integer, List<ByteBuffer>> byQueue = new TreeMap<>();
        for (ByteBuffer record : PopFixture.records(answer)) {
            byQueue.computeIfAbsent(MessageRecord.queueId(record, 0), id -> new ArrayList<>())
                    .add(record);
        }
        byQueue.forEach((queueId, records) -> deliver(pop, header, queueId, records));
    }

    private void deliver(Pop pop, PopAnswerHeader header, int queueId, List<ByteBuffer> records) {
        OrderedPopModel model = models.get(queueId);
        List<String> bodies = records.stream().map(StoredRecords::body).toList();
        long untilMs = header.popTimeMs() + pop.hiddenMs();
        OrderedBatch batch = model.delivered(bodies, header.popTimeMs(), pop.attemptId(), untilMs, minOffset(queueId));
        onceSafe.accept(() -> model.isSafe(batch));
        for (int i = 0; i < records.size(); i++) {
            ReceiptHandle handle = new ReceiptHandle(
                    0,
                    header.popTimeMs(),
                    header.invisibleTimeMs(),
                    header.reviveQueueId(),
                    ReceiptHandle.NORMAL_TOPIC,
                    "broker-a",
                    queueId,
                    MessageRecord.queueOffset(records.get(i), 0));
            open.add(new Delivery(model, batch.outs().get(i).message(), handle));
        }
    }

    private void perhapsDelivered(Pop pop) {
        long nowMs = world.nowMs();
        queues(pop).forEach(queueId -> models.get(queueId)
                .perhapsDelivered(nowMs, pop.attemptId(), nowMs + pop.hiddenMs()));
    }

    private boolean mustGet(Pop pop, long nowMs) {
        return queues(pop)
                .anyMatch(queueId -> models.get(queueId).mustDeliver(nowMs, pop.attemptId(), minOffset(queueId)));
    }

    private IntStream queues(Pop pop) {
        return pop.queueId() < 0 ? IntStream.range(0, models.size()) : IntStream.of(pop.queueId());
    }

    long minOffset(int queueId) {
        return world.store.queue(PopWorld.TOPIC, queueId).minOffset();
    }
}
