package io.orbitmq.transport.client;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.transport.CallFailedException;
import io.orbitmq.transport.CallFailedException.Reason;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.TransportCounters;
import io.orbitmq.transport.channel.ChannelConnection;
import io.orbitmq.transport.channel.ConnectionAssembly;
import io.orbitmq.transport.channel.Dispatcher;
import io.orbitmq.transport.channel.EventLoops;
import io.orbitmq.transport.channel.IncompleteFrames;
import io.orbitmq.transport.channel.Lanes;
import io.orbitmq.transport.channel.Services;
import io.orbitmq.transport.channel.Traffic;
import io.orbitmq.transport.channel.WarnLimiter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls servers by address, {@code host:port}, over one connection per address that is made when first needed and again
 * after it was lost (protocol/01 section 9.3). Requests that a server sends over it are dispatched like a server's.
 *
 * <p>Any thread. Futures complete on the client's event loop: what depends on them must not block. Calls fail with
 * {@link CallFailedException}. A request's body must not be changed until its call is done.
 */
public final class RemotingClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RemotingClient.class);
    private static final int WARN_LINES_PER_WINDOW = 20;
    private static final Duration WARN_WINDOW = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final Clock clock;
    private final EventLoops loops;
    private final Lanes lanes;
    private final Traffic traffic = new Traffic();
    private final ConnectionAssembly assembly;
    private final Connector connector;
    private final Map<String, CompletableFuture<ChannelConnection>> connections = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param table what servers may ask of this client; other codes are answered code 3 */
    public RemotingClient(ClientConfig config, HandlerTable table, ConnectionListener listener, Clock clock) {
        this.clock = clock;
        this.loops = EventLoops.start(config.name() + "-loop", config.eventLoopThreads(), config.forceNio());
        this.lanes = new Lanes(config.name(), clock);
        WarnLimiter warnings = new WarnLimiter(LOG, clock, WARN_LINES_PER_WINDOW, WARN_WINDOW);
        Services services = new Services(
                config.limits(),
                traffic,
                warnings,
                clock,
                listener,
                new IncompleteFrames(Runtime.getRuntime().maxMemory()),
                false);
        this.assembly = new ConnectionAssembly(loops, services);
        this.connector = new Connector(config, loops, assembly, new Dispatcher(table, lanes, services));
    }

    /**
     * Sends a request and completes with its response.
     *
     * @param timeout covers connecting too
     * @throws IllegalArgumentException when the address is not {@code host:port}
     */
    public CompletableFuture<Command> call(String address, Command request, Duration timeout) {
        CompletableFuture<ChannelConnection> connection = connected(address);
        if (connection.isDone() && !connection.isCompletedExceptionally()) {
            return connection.join().call(request, timeout);
        }
        return callOnceConnected(address, connection, request, timeout);
    }

    private CompletableFuture<Command> callOnceConnected(
            String address, CompletableFuture<ChannelConnection> connection, Command request, Duration timeout) {
        CompletableFuture<Command> answer = new CompletableFuture<>();
        long begunNanos = clock.nanos();
        Future<?> patience = patience(address, timeout, answer);
        connection.whenComplete((made, cause) -> {
            patience.cancel(false);
            Duration left = timeout.minusNanos(clock.nanos() - begunNanos);
            if (cause != null) {
                answer.completeExceptionally(cause);
            } else if (left.isNegative() || left.isZero()) {
                answer.completeExceptionally(late(address, timeout));
            } else {
                made.call(request, left).whenComplete((response, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    } else {
                        answer.complete(response);
                    }
                });
            }
        });
        return answer;
    }

    private Future<?> patience(String address, Duration timeout, CompletableFuture<Command> answer) {
        try {
            return loops.group()
                    .schedule(
                            () -> answer.completeExceptionally(late(address, timeout)),
                            timeout.toNanos(),
                            TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(clientClosed(address));
            return CompletableFuture.completedFuture(answer);
        }
    }

    private static CallFailedException late(String address, Duration timeout) {
        return new CallFailedException(
                Reason.NOT_CONNECTED, "no connection to " + address + " within " + timeout.toMillis() + " ms");
    }

    /** Sends a request that nobody answers; dropped when no connection can be made. */
    public void oneWay(String address, Command request) {
        connected(address).whenComplete((connection, cause) -> {
            if (cause == null) {
                connection.sendOneWay(request);
            } else {
                LOG.debug("event=one-way-dropped code={} cause=\"{}\"", request.code(), cause.getMessage());
            }
        });
    }

    /** The connection to an address, made if there is none. */
    public CompletableFuture<Connection> connect(String address) {
        return connected(address).thenApply(connection -> connection);
    }

    private CompletableFuture<ChannelConnection> connected(String address) {
        CompletableFuture<ChannelConnection> known = connections.get(address);
        if (known != null && isUsable(known)) {
            return known;
        }
        if (closed) {
            return CompletableFuture.failedFuture(clientClosed(address));
        }
        return connections.compute(
                address, (key, old) -> old != null && isUsable(old) ? old : connector.connect(address));
    }

    private static CallFailedException clientClosed(String address) {
        return new CallFailedException(
                Reason.NOT_CONNECTED, "cannot connect to " + address + ": this client is closed");
    }

    private static boolean isUsable(CompletableFuture<ChannelConnection> connection) {
        return !connection.isDone()
                || !connection.isCompletedExceptionally() && connection.join().isOpen();
    }

    /** Closes the connection to an address, if there is one; the next call makes a new one. */
    public void disconnect(String address) {
        CompletableFuture<ChannelConnection> known = connections.remove(address);
        if (known != null) {
            known.thenAccept(Connection::close);
        }
    }

    /** What this client did since its start. */
    public TransportCounters counters() {
        return traffic;
    }

    /** {@code epoll} or {@code nio}. */
    public String ioKind() {
        return loops.kind();
    }

    /** Closes all connections; calls without answer fail. Not from an event loop. */
    @Override
    public void close() {
        closed = true;
        assembly.open().forEach(Connection::close);
        connector.close();
        lanes.stop(STOP_LIMIT);
        loops.stop(STOP_LIMIT);
    }
}
