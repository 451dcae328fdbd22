package io.orbitmq.compat.client;

/** A started official push consumer. */
public interface TestConsumer extends AutoCloseable {

    /** Stops taking messages until {@link #resume()}; the queues stay with this consumer. */
    void suspend();

    void resume();

    /** Shuts the consumer down: listeners return, offsets are persisted, the group is left. */
    @Override
    void close();
}
