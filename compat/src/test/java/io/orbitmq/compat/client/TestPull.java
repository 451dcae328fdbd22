package io.orbitmq.compat.client;

import java.util.List;

/** A started official pull consumer of the old kind. */
public interface TestPull extends AutoCloseable {

    List<Queue> queues(String topic);

    /** Answers at once, also when there is nothing. */
    Pulled pull(Queue queue, String expression, long offset, int maxCount);

    /** Lets the broker hold the request while there is nothing. */
    Pulled pullBlockIfNotFound(Queue queue, String expression, long offset, int maxCount);

    /** Commits the offset at the broker. */
    void commitOffset(Queue queue, long offset);

    /** Asks the broker for the committed offset. */
    long offsetFromBroker(Queue queue);

    @Override
    void close();
}
