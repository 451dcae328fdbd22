package io.orbitmq.nameserver.node;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.nameserver.config.LiveConfig;
import io.orbitmq.nameserver.config.LoadedNameserver;
import io.orbitmq.nameserver.config.NameserverConfig;
import io.orbitmq.nameserver.kv.KvStore;
import io.orbitmq.nameserver.request.NameserverHandlers;
import io.orbitmq.nameserver.route.Departures;
import io.orbitmq.nameserver.route.MinIdChange;
import io.orbitmq.nameserver.route.RouteTable;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.server.RemotingServer;
import io.orbitmq.transport.server.ServerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A nameserver. Made, started once, closed once, by one thread. Clock, scheduler and disk belong to the caller.
 *
 * <p>Threads: the event loops and the lane of its {@link RemotingServer}; removal of brokers and the search for silent
 * ones run on the given scheduler.
 */
public final class NameserverNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NameserverNode.class);
    private static final Duration FIRST_SCAN = Duration.ofMillis(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final NameserverConfig config;
    private final Scheduler scheduler;
    private final Departures departures;
    private final HandlerTable handlers;
    private final MinIdMessenger messenger;
    private final RemotingServer server;
    private Scheduler.Scheduled scan = () -> {};

    /** @throws IOException when the key-value settings cannot be read */
    public NameserverNode(LoadedNameserver loaded, Clock clock, Scheduler scheduler, Disk disk) throws IOException {
        this.config = loaded.config();
        this.scheduler = scheduler;
        LiveConfig live = new LiveConfig(loaded, disk);
        RouteTable routes = new RouteTable(clock);
        KvStore kv = KvStore.open(disk, config.files().kvConfig());
        this.messenger = new MinIdMessenger(clock);
        Consumer<MinIdChange> minIdListener = change -> {
            if (live.current().brokers().notifyMinBrokerIdChanged()) {
                messenger.tell(change);
            }
        };
        this.departures = new Departures(routes, scheduler, minIdListener);
        this.handlers = NameserverHandlers.build(
                new NameserverHandlers.Parts(routes, departures, kv, live, minIdListener, clock));
        this.server = new RemotingServer(serverConfig(), new BrokerWatch(), clock);
    }

    /**
     * Listens.
     *
     * @return the bound port
     * @throws io.orbitmq.transport.server.ListenFailedException when the port cannot be bound
     */
    public int start() {
        int port = server.listen(config.network().port(), handlers);
        scan = scheduler.every(FIRST_SCAN, config.brokers().scanInterval(), departures::expireSilent);
        LOG.info("event=nameserver-started address={} port={}", config.network().bindAddress(), port);
        return port;
    }

    @Override
    public void close() {
        scan.cancel();
        departures.stop();
        server.stop(STOP_LIMIT);
        messenger.close();
        LOG.info("event=nameserver-stopped");
    }

    private ServerConfig serverConfig() {
        NameserverConfig.Network network = config.network();
        ServerConfig defaults = ServerConfig.defaults();
        return defaults.withName("nameserver")
                .withBindAddress(network.bindAddress())
                .withEventLoopThreads(network.eventLoopThreads())
                .withBacklog(network.backlog())
                .withLimits(defaults.limits().withIdleTimeout(network.idle()))
                .withGoAwayPeriod(network.goAwayPeriod());
    }

    /** A broker is gone as soon as its connection is. */
    private final class BrokerWatch implements ConnectionListener {

        @Override
        public void closed(Connection connection) {
            departures.lost(connection);
        }
    }
}
