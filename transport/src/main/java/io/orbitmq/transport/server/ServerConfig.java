package io.orbitmq.transport.server;

import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.SerializeType;
import io.orbitmq.transport.channel.ChannelLimits;
import java.time.Duration;
import java.util.Objects;

/**
 * How a server listens and what one connection may cost it.
 *
 * @param name prefix of thread names
 * @param bindAddress address to listen on, {@code 0.0.0.0} for all
 * @param eventLoopThreads threads that read, run inline handlers and write
 * @param busyPoll how long such a thread looks for requests before it sleeps, while that pays; zero: it sleeps at once
 * @param backlog connections that may wait to be accepted
 * @param forceNio never use native epoll
 * @param limits the bounds of each connection
 * @param maxIncompleteBytes most bytes that large incomplete frames of all connections take together; a connection
 *     that needs more is closed
 * @param goAwayPeriod at stop, how long peers are told to connect elsewhere before the ports close; zero: not at all
 *     (protocol/01 section 9.4: {@code enableShutdownGracefully}, {@code shutdownWaitTimeSeconds})
 */
public record ServerConfig(
        String name,
        String bindAddress,
        int eventLoopThreads,
        Duration busyPoll,
        int backlog,
        boolean forceNio,
        ChannelLimits limits,
        long maxIncompleteBytes,
        Duration goAwayPeriod) {

    private static final int MOST_DEFAULT_THREADS = 4;
    private static final int MIB = 1024 * 1024;

    public ServerConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(bindAddress, "bindAddress");
        Objects.requireNonNull(limits, "limits");
        if (eventLoopThreads < 1 || backlog < 1) {
            throw new IllegalArgumentException(
                    "eventLoopThreads and backlog must be at least 1, found " + eventLoopThreads + " and " + backlog);
        }
        if (maxIncompleteBytes < limits.maxFrameBytes()) {
            throw new IllegalArgumentException("maxIncompleteBytes must have room for one frame of "
                    + limits.maxFrameBytes() + " bytes, found " + maxIncompleteBytes);
        }
        if (busyPoll.isNegative()) {
            throw new IllegalArgumentException("busyPoll must not be negative, found " + busyPoll);
        }
        if (goAwayPeriod.isNegative()) {
            throw new IllegalArgumentException("goAwayPeriod must not be negative, found " + goAwayPeriod);
        }
    }

    /** The values that fit most servers; idle time and backlog as in protocol/01 section 11. */
    public static ServerConfig defaults() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new ServerConfig(
                "remoting",
                "0.0.0.0",
                Math.max(1, Math.min(cores / 2, MOST_DEFAULT_THREADS)),
                Duration.ZERO,
                1024,
                false,
                new ChannelLimits(
                        SerializeType.JSON,
                        Frames.MAX_FRAME_BYTES,
                        Duration.ofSeconds(120),
                        MIB / 2,
                        MIB,
                        32L * MIB,
                        64L * MIB,
                        1024),
                Math.max(2L * Frames.MAX_FRAME_BYTES, Runtime.getRuntime().maxMemory() / 4),
                Duration.ZERO);
    }

    public ServerConfig withName(String newName) {
        return new ServerConfig(
                newName,
                bindAddress,
                eventLoopThreads,
                busyPoll,
                backlog,
                forceNio,
                limits,
                maxIncompleteBytes,
                goAwayPeriod);
    }

    public ServerConfig withBindAddress(String newAddress) {
        return new ServerConfig(
                name,
                newAddress,
                eventLoopThreads,
                busyPoll,
                backlog,
                forceNio,
                limits,
                maxIncompleteBytes,
                goAwayPeriod);
    }

    public ServerConfig withEventLoopThreads(int threads) {
        return new ServerConfig(
                name, bindAddress, threads, busyPoll, backlog, forceNio, limits, maxIncompleteBytes, goAwayPeriod);
    }

    public ServerConfig withBusyPoll(Duration limit) {
        return new ServerConfig(
                name,
                bindAddress,
                eventLoopThreads,
                limit,
                backlog,
                forceNio,
                limits,
                maxIncompleteBytes,
                goAwayPeriod);
    }

    public ServerConfig withForceNio(boolean force) {
        return new ServerConfig(
                name,
                bindAddress,
                eventLoopThreads,
                busyPoll,
                backlog,
                force,
                limits,
                maxIncompleteBytes,
                goAwayPeriod);
    }

    public ServerConfig withLimits(ChannelLimits newLimits) {
        return new ServerConfig(
                name,
                bindAddress,
                eventLoopThreads,
                busyPoll,
                backlog,
                forceNio,
                newLimits,
                maxIncompleteBytes,
                goAwayPeriod);
    }

    public ServerConfig withMaxIncompleteBytes(long bytes) {
        return new ServerConfig(
                name, bindAddress, eventLoopThreads, busyPoll, backlog, forceNio, limits, bytes, goAwayPeriod);
    }

    public ServerConfig withGoAwayPeriod(Duration period) {
        return new ServerConfig(
                name, bindAddress, eventLoopThreads, busyPoll, backlog, forceNio, limits, maxIncompleteBytes, period);
    }
}
