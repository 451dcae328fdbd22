package io.orbitmq.broker.node;

import io.orbitmq.broker.pop.Pops;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.ConnectionListener;

/** Tells the parts that remember connections when one comes and goes. */
final class NodeConnections implements ConnectionListener {

    private final BrokerParts broker;

    private final Pops pops;

    NodeConnections(BrokerParts broker, Pops pops) {
        this.broker = broker;
        this.pops = pops;
    }

    @Override
    public void opened(Connection connection) {
        broker.repeats.opened(connection);
    }

    @Override
    public void closed(Connection connection) {
        broker.repeats.closed(connection);
        broker.held.closed(connection);
        pops.closed(connection);
        broker.liveness.closed(connection);
    }
}
