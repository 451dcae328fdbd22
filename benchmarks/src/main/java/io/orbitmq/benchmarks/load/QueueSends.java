package io.orbitmq.benchmarks.load;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Sends to many queues in turn, in an order that is mixed but always the same. All are one frame in which topic and queue
 * are overwritten: thousands of frames of their own would cost the generator, and the broker beside it, more in cache
 * misses than the broker's own work. Owned by one thread.
 */
final class QueueSends implements Supplier<FrameTemplate> {

    private final FrameTemplate frame;
    private final int topicAt;
    private final int queueAt;
    private final byte[][] topics;
    private final int queues;
    private final int[] order;
    private int next;

    /**
     * @param frame a send in its short form to any queue of the first topic
     * @param topics names of equal length
     * @param queues of each topic, at most ten
     */
    QueueSends(FrameTemplate frame, List<String> topics, int queues) {
        String first = topics.get(0);
        if (queues > 10 || topics.stream().anyMatch(topic -> topic.length() != first.length())) {
            throw new IllegalArgumentException(
                    "sends in turn need topics with names of equal length and at most ten queues" + " each, found "
                            + queues + " queues and topics " + first + " to " + topics.get(topics.size() - 1));
        }
        this.frame = frame;
        this.topicAt = frame.find("\"b\":\"" + first) + "\"b\":\"".length();
        this.queueAt = frame.find("\"e\":\"") + "\"e\":\"".length();
        this.topics = topics.stream()
                .map(topic -> topic.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        this.queues = queues;
        this.order = shuffled(topics.size() * queues, new Random(topics.size()));
    }

    /** The one frame, ready for the next queue; valid until the next call. */
    @Override
    public FrameTemplate get() {
        int place = order[next];
        next = next + 1 == order.length ? 0 : next + 1;
        frame.put(topicAt, topics[place / queues]);
        frame.putDigit(queueAt, place % queues);
        return frame;
    }

    private static int[] shuffled(int size, Random random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int swapped = random.nextInt(i + 1);
            order[i] = order[swapped];
            order[swapped] = i;
        }
        return order;
    }
}
