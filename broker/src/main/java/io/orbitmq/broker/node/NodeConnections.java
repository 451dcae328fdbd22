package io.orbitmq.broker.node;

import io.orbitmq.transport.Connection;
import io.orbitmq.transport.ConnectionListener;

/** Tells the parts that remember connections when one is gone. */
final class NodeConnections implements ConnectionListener {

    private final BrokerParts broker;

    NodeConnections(BrokerParts broker) {
        this.broker = broker;
    }

    @Override
    public void closed(Connection connection) {
        broker.held.closed(connection);
        broker.liveness.closed(connection);
    }
}
