package io.orbitmq.compat.client;

/** A started official producer of transactional messages. */
public interface TestTransactionProducer extends AutoCloseable {

    /** Sends a half message and lets the script decide. */
    Sent send(Outgoing message);

    @Override
    void close();
}
