package io.orbitmq.broker.offset;

import io.orbitmq.broker.offset.KnownOffsets.Queue;
import io.orbitmq.protocol.body.topic.TopicConfig;
import java.util.List;
import java.util.Random;

/** What producers, consumers and operators ask for next, as chance wants it. Offsets told are all different, but for resets. */
final class RandomRequests {

    static final List<String> TOPICS = List.of("T", "TT");
    static final List<String> GROUPS = List.of("G", "GT", "H");
    /** One more than a topic has: clients may tell offsets of any. */
    static final int QUEUES = 3;

    private static final int READ_QUEUES = 2;

    private final Random chance;
    private final OffsetWorld world;
    private final OffsetModel model;
    private final OffsetConsumers consumers;
    private final OffsetOperators operators;
    private long number = 1_000;

    RandomRequests(
            Random chance, OffsetWorld world, OffsetModel model, OffsetConsumers consumers, OffsetOperators operators) {
        this.chance = chance;
        this.world = world;
        this.model = model;
        this.consumers = consumers;
        this.operators = operators;
    }

    void next() {
        switch (chance.nextInt(31)) {
            case 0, 1, 2, 3, 4 -> send();
            case 5, 6, 7, 8, 9, 10, 11 -> pull();
            case 12, 13, 14, 15, 16 -> consumers.update(any(QUEUES), ++number, true);
            case 17, 18, 19, 20 -> consumers.update(any(QUEUES), ++number, false);
            case 21, 22, 23 -> reset();
            case 24 -> operators.resetByClients(pick(GROUPS), pick(TOPICS), READ_QUEUES, consumers);
            case 25 -> operators.copyOffsets(pick(GROUPS), pick(GROUPS), pick(TOPICS), QUEUES);
            case 26 -> operators.deleteGroup(pick(GROUPS), chance.nextBoolean());
            case 27 -> operators.deleteTopic(pick(TOPICS));
            default -> createTopic();
        }
    }

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

    Queue anyQueue() {
        return any(QUEUES);
    }

    private Queue any(int queues) {
        return new Queue(pick(GROUPS), pick(TOPICS), chance.nextInt(queues));
    }

    private String pick(List<String> names) {
        return names.get(chance.nextInt(names.size()));
    }
}
