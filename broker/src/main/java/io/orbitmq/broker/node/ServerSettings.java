package io.orbitmq.broker.node;

import io.orbitmq.broker.NetworkSettings;
import io.orbitmq.transport.channel.ChannelLimits;
import io.orbitmq.transport.server.ServerConfig;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** How the server for clients listens, from the broker's settings. */
final class ServerSettings {

    private ServerSettings() {}

    static ServerConfig of(NetworkSettings network) {
        ServerConfig defaults = ServerConfig.defaults();
        ChannelLimits limits = defaults.limits();
        int threads = network.eventLoopThreads();
        return defaults.withName("broker")
                .withBindAddress(network.bindAddress())
                .withEventLoopThreads(threads > 0 ? threads : defaults.eventLoopThreads())
                .withBusyPoll(Duration.of(network.busyPollMicros(), ChronoUnit.MICROS))
                .withLimits(limits.withIdleTimeout(network.maxIdle())
                        .withMaxFrameBytes(Math.min(network.maxFrameBytes(), limits.maxFrameBytes())));
    }
}
