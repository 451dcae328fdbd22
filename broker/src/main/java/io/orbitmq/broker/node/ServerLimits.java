package io.orbitmq.broker.node;

import io.orbitmq.broker.NetworkSettings;
import io.orbitmq.transport.channel.ChannelLimits;

/** The bounds of a client's connection from the broker's settings. */
final class ServerLimits {

    private ServerLimits() {}

    static ChannelLimits of(ChannelLimits defaults, NetworkSettings network) {
        return new ChannelLimits(
                defaults.serializeType(),
                Math.min(network.maxFrameBytes(), defaults.maxFrameBytes()),
                network.maxIdle(),
                defaults.writeLowWaterBytes(),
                defaults.writeHighWaterBytes(),
                defaults.maxInWorkBytes(),
                defaults.maxUnsentBytes(),
                defaults.maxCalls());
    }
}
