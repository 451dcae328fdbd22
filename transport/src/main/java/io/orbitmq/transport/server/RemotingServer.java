package io.orbitmq.transport.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.TransportCounters;
import io.orbitmq.transport.channel.ChannelConnection;
import io.orbitmq.transport.channel.ChannelLimits;
import io.orbitmq.transport.channel.ConnectionAssembly;
import io.orbitmq.transport.channel.Dispatcher;
import io.orbitmq.transport.channel.EventLoops;
import io.orbitmq.transport.channel.IncompleteFrames;
import io.orbitmq.transport.channel.Lanes;
import io.orbitmq.transport.channel.Services;
import io.orbitmq.transport.channel.Traffic;
import io.orbitmq.transport.channel.WarnLimiter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for peers that speak the remoting protocol (protocol/01). Each port has its own table of handlers; event
 * loops, lanes and counters are shared by all ports.
 *
 * <p>Threads: {@link #listen}, {@link #stop} and {@link #close} are for the owner's thread, never for an event loop;
 * the rest is safe for any thread. Nothing is started before the first {@link #listen} but the event loop group, whose
 * threads start with their first connection.
 */
public final class RemotingServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RemotingServer.class);
    private static final int HIGHEST_PORT = 65_535;
    private static final int WARN_LINES_PER_WINDOW = 20;
    private static final Duration WARN_WINDOW = Duration.ofSeconds(10);
    private static final Duration LOOP_STOP_LIMIT = Duration.ofSeconds(2);
    private static final long GO_AWAY_LOOK_MS = 10;

    private final ServerConfig config;
    private final Clock clock;
    private final EventLoops loops;
    private final Lanes lanes;
    private final Traffic traffic = new Traffic();
    private final Services services;
    private final ConnectionAssembly assembly;
    private final List<Channel> listening = new ArrayList<>();
    private final List<Dispatcher> dispatchers = new ArrayList<>();
    private boolean stopped;

    public RemotingServer(ServerConfig config, ConnectionListener listener, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.loops = EventLoops.start(
                config.name() + "-loop", config.eventLoopThreads(), config.forceNio(), config.busyPoll(), clock);
        this.lanes = new Lanes(config.name(), clock);
        WarnLimiter warnings = new WarnLimiter(LOG, clock, WARN_LINES_PER_WINDOW, WARN_WINDOW);
        this.services = new Services(
                config.limits(),
                traffic,
                warnings,
                clock,
                listener,
                new IncompleteFrames(config.maxIncompleteBytes()),
                true);
        this.assembly = new ConnectionAssembly(loops, services);
    }

    /**
     * Listens on one more port.
     *
     * @param port 0 picks a free one
     * @param table what requests on this port can be
     * @return the port that was bound
     * @throws ListenFailedException when the port cannot be bound
     */
    public int listen(int port, HandlerTable table) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("a port must be 0 to " + HIGHEST_PORT + ", found " + port);
        }
        Dispatcher dispatcher = new Dispatcher(table, lanes, services);
        ChannelFuture bound = bootstrap(dispatcher)
                .bind(new InetSocketAddress(config.bindAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ListenFailedException(
                    "cannot listen on " + config.bindAddress() + ":" + port + ": "
                            + bound.cause().getMessage()
                            + "; stop the process that holds the port, or set another port or bind address",
                    bound.cause());
        }
        listening.add(bound.channel());
        dispatchers.add(dispatcher);
        int actual = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        LOG.info(
                "event=listening address={} port={} codes={} io={} eventLoops={}",
                config.bindAddress(),
                actual,
                table.entries().size(),
                loops.kind(),
                config.eventLoopThreads());
        return actual;
    }

    private ServerBootstrap bootstrap(Dispatcher dispatcher) {
        ChannelLimits limits = config.limits();
        return new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, config.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.writeLowWaterBytes(), limits.writeHighWaterBytes()))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ChannelConnection connection = assembly.attach(channel, dispatcher);
                        channel.pipeline().addFirst("first-bytes", new FirstBytes(connection, services.warnings()));
                    }
                });
    }

    /** What this server did since its start. */
    public TransportCounters counters() {
        return traffic;
    }

    /** The connections open now, on all ports. */
    public Set<? extends Connection> connections() {
        return assembly.open();
    }

    /** {@code epoll} or {@code nio}. */
    public String ioKind() {
        return loops.kind();
    }

    /**
     * Stops gracefully: tells peers to go away, for the configured period or until none is left, closes the ports, reads
     * no more requests, answers those in work for at most {@code limit}, lets the answers leave for at most {@code
     * limit}, closes the connections. Repeated calls do nothing.
     */
    public synchronized void stop(Duration limit) {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            sendAway();
            listening.forEach(channel -> channel.close().awaitUninterruptibly());
            assembly.open().forEach(ChannelConnection::stopReading);
            long unanswered = awaitAnswers(limit);
            LOG.info(
                    "event=stopping connections={} unansweredRequests={}",
                    assembly.open().size(),
                    unanswered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeConnections(limit);
        lanes.stop(LOOP_STOP_LIMIT);
        loops.stop(LOOP_STOP_LIMIT);
    }

    private void sendAway() throws InterruptedException {
        if (config.goAwayPeriod().isZero() || listening.isEmpty()) {
            return;
        }
        LOG.info("event=going-away periodMs={}", config.goAwayPeriod().toMillis());
        dispatchers.forEach(Dispatcher::goAway);
        long deadline = clock.nanos() + config.goAwayPeriod().toNanos();
        while (!assembly.open().isEmpty() && clock.nanos() - deadline < 0) {
            loops.group()
                    .schedule(() -> {}, GO_AWAY_LOOK_MS, TimeUnit.MILLISECONDS)
                    .await();
        }
    }

    /** Lets what was written leave, as long as the peers take it. */
    private void closeConnections(Duration limit) {
        assembly.open().forEach(ChannelConnection::closeAfterFlush);
        long deadline = clock.nanos() + limit.toNanos();
        try {
            while (!assembly.open().isEmpty() && clock.nanos() - deadline < 0) {
                assembly.requestsInWork();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long awaitAnswers(Duration limit) throws InterruptedException {
        long deadline = clock.nanos() + limit.toNanos();
        long inWork = assembly.requestsInWork();
        while (inWork > 0 && clock.nanos() - deadline < 0) {
            inWork = assembly.requestsInWork();
        }
        return inWork;
    }

    /** Stops with the shortest patience. */
    @Override
    public void close() {
        stop(Duration.ZERO);
    }
}
