package io.orbitmq.compat.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A started official producer. Failures of the library arrive as {@link ClientFailure}. */
public interface TestProducer extends AutoCloseable {

    Sent send(Outgoing message);

    Sent send(Outgoing message, Queue queue);

    CompletableFuture<Sent> sendAsync(Outgoing message);

    void sendOneway(Outgoing message);

    void sendOneway(Outgoing message, Queue queue);

    Sent sendBatch(List<Outgoing> messages);

    /** The queues messages of this topic may be sent to, in the library's order. */
    List<Queue> queues(String topic);

    void createTopic(String topic, int queues);

    long searchOffset(Queue queue, long timestampMs);

    long minOffset(Queue queue);

    long maxOffset(Queue queue);

    long earliestStoreTimeMs(Queue queue);

    /** Takes a message back that waits for its time; 5.x clients only. Returns its unique key. */
    String recall(String topic, String recallHandle);

    /** Reads one message by the broker's id or by the unique key. */
    Received viewMessage(String topic, String messageId);

    List<Received> queryMessage(String topic, String key, int maxCount, long beginMs, long endMs);

    @Override
    void close();
}
