package io.orbitmq.server.node;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.nameserver.config.LoadedNameserver;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A nameserver and a broker that registers with it, in this process. */
public final class Standalone implements Closeable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERYWHERE = "0.0.0.0";

    private final CloseStack parts;
    private final String nameserverAddress;
    private final String brokerAddress;

    private Standalone(CloseStack parts, String nameserverAddress, String brokerAddress) {
        this.parts = parts;
        this.nameserverAddress = nameserverAddress;
        this.brokerAddress = brokerAddress;
    }

    /**
     * Starts; returns once messages are accepted and the broker is registered.
     *
     * @param broker its nameservers are replaced by the one started here
     * @throws IOException when the store cannot be opened: locked, damaged, unreadable
     * @throws io.orbitmq.transport.server.ListenFailedException when a port cannot be bound
     */
    public static Standalone start(LoadedNameserver nameserver, BrokerConfig broker, OperatorSettings operatorSettings)
            throws IOException {
        CloseStack parts = new CloseStack();
        try {
            RunningNameserver running = parts.add(RunningNameserver.start(nameserver, new SystemClock()));
            String bound = nameserver.config().network().bindAddress();
            String address = (bound.equals(EVERYWHERE) ? LOOPBACK : bound) + ":" + running.port();
            RunningBroker started = parts.add(RunningBroker.start(
                    broker.withNameservers(broker.nameservers().withAddresses(List.of(address))), operatorSettings));
            return new Standalone(parts, address, started.address());
        } catch (IOException | RuntimeException e) {
            StartFailure.closeAfter(e, parts);
            throw e;
        }
    }

    /** {@code host:port} of the nameserver as seen from this machine. */
    public String nameserverAddress() {
        return nameserverAddress;
    }

    /** {@code host:port} that clients of the broker connect to. */
    public String brokerAddress() {
        return brokerAddress;
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }
}
