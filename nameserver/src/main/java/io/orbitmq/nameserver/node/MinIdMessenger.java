package io.orbitmq.nameserver.node;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.nameserver.route.MinIdChange;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells replicas that the smallest id under their broker name changed, one-way over connections of its own (protocol/02
 * section 7). The client is made with the first message, because few installations need it. Safe for any thread.
 */
final class MinIdMessenger implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MinIdMessenger.class);

    private final Clock clock;
    private RemotingClient client;
    private boolean closed;

    MinIdMessenger(Clock clock) {
        this.clock = clock;
    }

    synchronized void tell(MinIdChange change) {
        if (closed) {
            return;
        }
        if (client == null) {
            client = new RemotingClient(
                    ClientConfig.defaults().withName("nameserver-client"),
                    HandlerTable.builder().build(),
                    ConnectionListener.NONE,
                    clock);
        }
        Command message = Command.request(
                RequestCode.NOTIFY_MIN_BROKER_ID_CHANGE, change.header().toFields());
        change.receivers().forEach(address -> send(address, message));
    }

    private void send(String address, Command message) {
        try {
            client.oneWay(address, message);
        } catch (IllegalArgumentException e) {
            LOG.warn("event=replica-not-told address={} reason=\"{}\"", address, e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
