package io.orbitmq.nameserver.route;

import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.protocol.header.route.BrokerIdentityHeader;
import io.orbitmq.transport.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brokers that leave, removed in batches: however many connections break at once, topics are walked through once
 * (protocol/02 section 4). Adding is for any thread; removing runs on the scheduler's.
 */
public final class Departures {

    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private final RouteTable table;
    private final Scheduler scheduler;
    private final Consumer<MinIdChange> minIdListener;
    private List<Departure> waiting = new ArrayList<>();
    private boolean scheduled;
    private boolean stopped;

    /** @param minIdListener told after a removal that changed the smallest id of an acting-master broker */
    public Departures(RouteTable table, Scheduler scheduler, Consumer<MinIdChange> minIdListener) {
        this.table = table;
        this.scheduler = scheduler;
        this.minIdListener = minIdListener;
    }

    /** A broker says that it leaves; false when {@code capacity} brokers wait already. */
    public synchronized boolean offer(BrokerIdentityHeader broker, int capacity) {
        if (waiting.size() >= capacity) {
            return false;
        }
        add(new Departure(broker, Optional.empty()));
        return true;
    }

    /** A connection is gone, and with it the brokers that registered over it. */
    public void lost(Connection connection) {
        for (BrokerIdentityHeader broker : table.brokersOver(connection)) {
            LOG.warn(
                    "event=broker-connection-lost cluster={} broker={} address={}",
                    broker.clusterName(),
                    broker.brokerName(),
                    broker.brokerAddress());
            synchronized (this) {
                add(new Departure(broker, Optional.of(connection)));
            }
        }
    }

    /** Closes the connections of brokers that were silent for too long; that removes them. */
    public void expireSilent() {
        for (Connection connection : table.silentConnections()) {
            LOG.warn("event=broker-silent address={} action=close", connection.remoteAddress());
            lost(connection);
            connection.close();
        }
    }

    /** Takes no more; connections that close because the nameserver stops are no departures. */
    public synchronized void stop() {
        stopped = true;
        waiting.clear();
    }

    private void add(Departure departure) {
        if (stopped) {
            return;
        }
        waiting.add(departure);
        if (!scheduled) {
            scheduled = true;
            scheduler.after(Duration.ZERO, this::removeWaiting);
        }
    }

    private void removeWaiting() {
        List<Departure> batch;
        synchronized (this) {
            batch = waiting;
            waiting = new ArrayList<>();
            scheduled = false;
        }
        for (Departure departure : batch) {
            LOG.info(
                    "event=broker-left cluster={} broker={} address={}",
                    departure.broker().clusterName(),
                    departure.broker().brokerName(),
                    departure.broker().brokerAddress());
        }
        table.remove(batch).forEach(minIdListener);
    }
}
