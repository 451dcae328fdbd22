package io.orbitmq.compat.client;

import java.util.List;

/** A started official lite pull consumer. */
public interface TestLitePull extends AutoCloseable {

    List<Received> poll(long timeoutMs);

    List<Queue> queues(String topic);

    void assign(List<Queue> queues);

    /** The queues this consumer holds now. */
    List<Queue> assignment();

    void seek(Queue queue, long offset);

    void seekToBegin(Queue queue);

    void commit();

    /** The committed offset as the library knows it, -1 for none. */
    long committed(Queue queue);

    long offsetForTimestamp(Queue queue, long timestampMs);

    @Override
    void close();
}
