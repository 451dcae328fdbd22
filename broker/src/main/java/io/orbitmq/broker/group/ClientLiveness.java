package io.orbitmq.broker.group;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.ConnectionListener;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets clients that are gone: at once when their connection closes, and after two minutes without a heartbeat by
 * closing it (protocol/07 section 1, expiry). {@link #closed} runs on event loops, {@link #scan} on the scheduler.
 */
public final class ClientLiveness implements ConnectionListener {

    private static final Logger LOG = LoggerFactory.getLogger(ClientLiveness.class);

    private final LiveConfig config;
    private final ConsumerGroups consumers;
    private final ProducerGroups producers;
    private final Clock clock;

    public ClientLiveness(LiveConfig config, ConsumerGroups consumers, ProducerGroups producers, Clock clock) {
        this.config = config;
        this.consumers = consumers;
        this.producers = producers;
        this.clock = clock;
    }

    @Override
    public void closed(Connection connection) {
        producers.connectionClosed(connection);
        consumers.connectionClosed(connection);
    }

    /** Closes connections without heartbeat; called every ten seconds. */
    public void scan() {
        long before = clock.nanos() - config.get().groups().connectionExpiry().toNanos();
        Set<Connection> silent = new HashSet<>(consumers.seenBefore(before));
        silent.addAll(producers.seenBefore(before));
        for (Connection connection : silent) {
            LOG.info("event=client-expired remote={} reason=no-heartbeat", connection.remoteAddress());
            connection.close();
            closed(connection);
        }
    }
}
