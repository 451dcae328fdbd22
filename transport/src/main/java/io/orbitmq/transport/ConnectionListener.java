package io.orbitmq.transport;

/** Hears of connections; called on the connection's event loop and must not block. */
public interface ConnectionListener {

    /** Hears nothing. */
    ConnectionListener NONE = new ConnectionListener() {};

    default void opened(Connection connection) {}

    /** Closed by either side, by an error or because it was idle. */
    default void closed(Connection connection) {}
}
