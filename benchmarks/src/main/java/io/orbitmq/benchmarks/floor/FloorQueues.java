package io.orbitmq.benchmarks.floor;

import io.orbitmq.benchmarks.wire.FrameView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** All queues by the names in requests; a topic is there as soon as it is named. Owned by the server's thread. */
final class FloorQueues {

    private static final int QUEUES_OF_A_TOPIC = 10;

    private final Map<ByteBuffer, FloorQueue[]> topics = new HashMap<>();

    /**
     * The queue that a request is about.
     *
     * @param topicField name of the field with the topic, see {@link FrameView#field}
     * @param queueField name of the field with the queue's id
     * @throws IOException when the request names none
     */
    FloorQueue named(FrameView request, byte[] topicField, byte[] queueField) throws IOException {
        ByteBuffer topic = request.text(topicField);
        long queueId = request.number(queueField);
        if (queueId < 0 || queueId >= QUEUES_OF_A_TOPIC) {
            throw new IOException("the floor has queues 0 to " + (QUEUES_OF_A_TOPIC - 1) + ", found " + queueId);
        }
        FloorQueue[] queues = topics.get(topic);
        return (queues == null ? create(topic) : queues)[(int) queueId];
    }

    private FloorQueue[] create(ByteBuffer topic) {
        FloorQueue[] queues = new FloorQueue[QUEUES_OF_A_TOPIC];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new FloorQueue();
        }
        topics.put(ByteBuffer.allocate(topic.remaining()).put(topic).flip(), queues);
        return queues;
    }
}
