package io.orbitmq.broker.offset;

import io.orbitmq.broker.offset.KnownOffsets.Queue;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.group.DeleteGroupHeader;
import io.orbitmq.protocol.header.offset.CloneOffsetHeader;
import io.orbitmq.protocol.header.offset.ResetOffsetHeader;
import io.orbitmq.protocol.header.topic.TopicHeader;
import io.orbitmq.store.node.SteppedStore;
import io.orbitmq.transport.fake.RecordingExchange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Operators that reset, copy and delete: what they ask is told to the model, and answers are held against it. */
final class OffsetOperators {

    private static final String TOPICS = "topics";
    private static final String GROUPS = "groups";
    private static final int ALL_QUEUES = -1;

    private final OffsetWorld world;
    private final OffsetModel model;
    private final OffsetAnswers answers;

    OffsetOperators(OffsetWorld world, OffsetModel model, OffsetAnswers answers) {
        this.world = world;
        this.model = model;
        this.answers = answers;
    }

    /** Sets one queue, or with {@link #ALL_QUEUES} all to their ends. */
    void reset(Queue queue, boolean all, long offset, int queues) {
        boolean exists =
                model.now().topics.contains(queue.topic()) && model.now().groups.contains(queue.group());
        Map<Queue, Long> targets = new LinkedHashMap<>();
        if (all) {
            for (int queueId = 0; queueId < queues; queueId++) {
                targets.put(new Queue(queue.group(), queue.topic(), queueId), world.end(queue.topic(), queueId));
            }
        } else {
            targets.put(queue, offset);
        }
        if (exists) {
            model.expectSet(targets);
        }
        ResetOffsetHeader header = new ResetOffsetHeader(
                queue.topic(), queue.group(), -1, true, all ? ALL_QUEUES : queue.queueId(), all ? -1 : offset);
        RecordingExchange exchange =
                world.ask(Command.request(RequestCode.INVOKE_BROKER_TO_RESET_OFFSET, header.toFields()));
        if (answers.meanNothing() || !exists) {
            return;
        }
        if (answers.await(exchange)) {
            model.reset(targets);
        }
    }

    /** Lets the clients of a group go on at the ends of the queues; the broker itself sets nothing. */
    void resetByClients(String group, String topic, int queues, OffsetConsumers consumers) {
        ResetOffsetHeader header = new ResetOffsetHeader(topic, group, -1, true, ALL_QUEUES, -1);
        RecordingExchange exchange =
                world.askForClientSide(Command.request(RequestCode.INVOKE_BROKER_TO_RESET_OFFSET, header.toFields()));
        Map<Integer, Long> ends = new TreeMap<>();
        boolean complete = true;
        for (int queueId = 0; queueId < queues; queueId++) {
            ends.put(queueId, world.end(topic, queueId));
            complete &= model.visible(new Queue(group, topic, queueId)) >= 0;
        }
        if (!model.now().topics.contains(topic)) {
            OffsetAnswers.expectRefusal(exchange, ResponseCode.TOPIC_NOT_EXIST, "not exist");
        } else if (!complete) {
            OffsetAnswers.expectRefusal(exchange, ResponseCode.SYSTEM_ERROR, "not exist");
        } else if (!group.equals(OffsetWorld.GROUP_ONLINE)) {
            OffsetAnswers.expectRefusal(exchange, ResponseCode.CONSUMER_NOT_ONLINE, "not online");
        } else if (!world.toldMember().equals(ends)) {
            throw new AssertionError("clients are to go on at " + ends + ", they are told " + world.toldMember());
        } else {
            ends.forEach((queueId, end) -> consumers.update(new Queue(group, topic, queueId), end, true));
        }
    }

    /** Gives a group the offsets another has in a topic. */
    void copyOffsets(String from, String to, String topic, int queues) {
        Map<Queue, Long> copied = new LinkedHashMap<>();
        for (int queueId = 0; queueId < queues; queueId++) {
            long offset = model.visible(new Queue(from, topic, queueId));
            if (offset >= 0) {
                copied.put(new Queue(to, topic, queueId), offset);
            }
        }
        if (model.now().topics.contains(topic) && !copied.isEmpty()) {
            copied.forEach(model::tell);
            model.expectSet(copied);
        }
        answers.await(world.ask(Command.request(
                RequestCode.CLONE_GROUP_OFFSET, new CloneOffsetHeader(from, to, topic, true).toFields())));
    }

    void deleteGroup(String group, boolean cleanOffset) {
        if (model.now().groups.contains(group)) {
            model.expect(GROUPS, known -> known.groups.remove(group));
        }
        if (cleanOffset) {
            model.expectRemoval(queue -> queue.group().equals(group));
        }
        answers.await(world.ask(Command.request(
                RequestCode.DELETE_SUBSCRIPTIONGROUP, new DeleteGroupHeader(group, cleanOffset).toFields())));
    }

    void deleteTopic(String topic) {
        if (model.now().topics.contains(topic)) {
            model.expect(TOPICS, known -> known.topics.remove(topic));
        }
        model.expectRemoval(queue -> queue.topic().equals(topic));
        model.expect(SteppedStore.QUEUES, known -> known.ends.remove(topic));
        answers.await(world.ask(
                Command.request(RequestCode.DELETE_TOPIC_IN_BROKER, new TopicHeader(topic, false).toFields())));
    }
}
