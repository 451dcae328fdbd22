package io.orbitmq.server.node;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.broker.node.BrokerNode;
import io.orbitmq.broker.node.NodeSurroundings;
import java.io.Closeable;
import java.io.IOException;

/** A broker on this machine's clock and disk. */
public final class RunningBroker implements Closeable {

    private final BrokerNode node;

    private RunningBroker(BrokerNode node) {
        this.node = node;
    }

    /**
     * Starts; returns once the broker accepts messages and every nameserver was asked.
     *
     * @param operatorSettings where settings changed at run time are kept
     * @throws IOException when the store cannot be opened: locked, damaged, unreadable
     * @throws io.orbitmq.transport.server.ListenFailedException when a port cannot be bound
     */
    public static RunningBroker start(BrokerConfig config, OperatorSettings operatorSettings) throws IOException {
        BrokerNode node = BrokerNode.open(config, NodeSurroundings.ofSystem().withOperatorSettings(operatorSettings));
        try {
            node.start();
            return new RunningBroker(node);
        } catch (RuntimeException e) {
            StartFailure.closeAfter(e, node);
            throw e;
        }
    }

    /** {@code host:port} that clients connect to. */
    public String address() {
        return node.config().get().identity().advertisedHost() + ":" + node.port();
    }

    @Override
    public void close() throws IOException {
        node.close();
    }
}
