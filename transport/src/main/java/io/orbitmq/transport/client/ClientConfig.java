package io.orbitmq.transport.client;

import io.orbitmq.transport.channel.ChannelLimits;
import java.time.Duration;
import java.util.Objects;

/**
 * How a client connects.
 *
 * @param name prefix of thread names
 * @param eventLoopThreads threads that write, read and complete calls
 * @param connectTimeout longest wait for a connection, within the time-out of the call that needs it
 * @param forceNio never use native epoll
 * @param limits the bounds of each connection
 */
public record ClientConfig(
        String name, int eventLoopThreads, Duration connectTimeout, boolean forceNio, ChannelLimits limits) {

    public ClientConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(limits, "limits");
        if (eventLoopThreads < 1) {
            throw new IllegalArgumentException("eventLoopThreads must be at least 1, found " + eventLoopThreads);
        }
        if (connectTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("connectTimeout must be at least 1 ms, found " + connectTimeout);
        }
    }

    /** As official clients (protocol/01 sections 7.4 and 9.3), with one event loop. */
    public static ClientConfig defaults() {
        return new ClientConfig(
                "remoting-client",
                1,
                Duration.ofSeconds(3),
                false,
                ChannelLimits.defaults().withMaxCalls(65_535));
    }

    public ClientConfig withName(String newName) {
        return new ClientConfig(newName, eventLoopThreads, connectTimeout, forceNio, limits);
    }

    public ClientConfig withEventLoopThreads(int threads) {
        return new ClientConfig(name, threads, connectTimeout, forceNio, limits);
    }

    public ClientConfig withConnectTimeout(Duration timeout) {
        return new ClientConfig(name, eventLoopThreads, timeout, forceNio, limits);
    }

    public ClientConfig withForceNio(boolean force) {
        return new ClientConfig(name, eventLoopThreads, connectTimeout, force, limits);
    }

    public ClientConfig withLimits(ChannelLimits newLimits) {
        return new ClientConfig(name, eventLoopThreads, connectTimeout, forceNio, newLimits);
    }
}
