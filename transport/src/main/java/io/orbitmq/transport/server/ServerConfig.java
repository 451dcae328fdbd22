package io.orbitmq.transport.server;

import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.transport.channel.ChannelLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

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

    /** The values that fit most servers; the backlog as in protocol/01 section 11. */
    public static ServerConfig defaults() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new ServerConfig(
                "remoting",
                "0.0.0.0",
                Math.max(1, Math.min(cores / 2, MOST_DEFAULT_THREADS)),
                Duration.ZERO,
                1024,
                false,
                ChannelLimits.defaults(),
                Math.max(2L * Frames.MAX_FRAME_BYTES, Runtime.getRuntime().maxMemory() / 4),
                Duration.ZERO);
    }

    public ServerConfig withName(String changed) {
        return with(copy -> copy.name = changed);
    }

    public ServerConfig withBindAddress(String changed) {
        return with(copy -> copy.bindAddress = changed);
    }

    public ServerConfig withEventLoopThreads(int changed) {
        return with(copy -> copy.eventLoopThreads = changed);
    }

    public ServerConfig withBusyPoll(Duration changed) {
        return with(copy -> copy.busyPoll = changed);
    }

    public ServerConfig withBacklog(int changed) {
        return with(copy -> copy.backlog = changed);
    }

    public ServerConfig withForceNio(boolean changed) {
        return with(copy -> copy.forceNio = changed);
    }

    public ServerConfig withLimits(ChannelLimits changed) {
        return with(copy -> copy.limits = changed);
    }

    public ServerConfig withMaxIncompleteBytes(long changed) {
        return with(copy -> copy.maxIncompleteBytes = changed);
    }

    public ServerConfig withGoAwayPeriod(Duration changed) {
        return with(copy -> copy.goAwayPeriod = changed);
    }

    private ServerConfig with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.finished();
    }

    /** This configuration while some of it changes. */
    private static final class Copy {

        private String name;
        private String bindAddress;
        private int eventLoopThreads;
        private Duration busyPoll;
        private int backlog;
        private boolean forceNio;
        private ChannelLimits limits;
        private long maxIncompleteBytes;
        private Duration goAwayPeriod;

        Copy(ServerConfig from) {
            name = from.name;
            bindAddress = from.bindAddress;
            eventLoopThreads = from.eventLoopThreads;
            busyPoll = from.busyPoll;
            backlog = from.backlog;
            forceNio = from.forceNio;
            limits = from.limits;
            maxIncompleteBytes = from.maxIncompleteBytes;
            goAwayPeriod = from.goAwayPeriod;
        }

        ServerConfig finished() {
            return new ServerConfig(
                    name,
                    bindAddress,
                    eventLoopThreads,
                    busyPoll,
                    backlog,
                    forceNio,
                    limits,
                    maxIncompleteBytes,
                    goAwayPeriod);
        }
    }
}
