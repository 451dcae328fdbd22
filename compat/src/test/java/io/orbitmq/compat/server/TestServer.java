package io.orbitmq.compat.server;

/** A running name server with one broker. Addresses stay the same over a restart. */
public interface TestServer extends AutoCloseable {

    /** What clients are told, {@code host:port}. */
    String nameserver();

    /** The broker's address, {@code host:port}. */
    String broker();

    String brokerName();

    String clusterName();

    /** Stops the server in an orderly way and starts it again on the same store. */
    void restart();

    /** Ends the server's process without warning. Only where the server is a process. */
    void kill();

    /** Starts it again after {@link #kill()}. */
    void startAgain();

    @Override
    void close();
}
