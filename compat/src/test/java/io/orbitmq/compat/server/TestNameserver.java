package io.orbitmq.compat.server;

/** A running name server without a broker. */
public interface TestNameserver extends AutoCloseable {

    /** {@code host:port}. */
    String address();

    @Override
    void close();
}
