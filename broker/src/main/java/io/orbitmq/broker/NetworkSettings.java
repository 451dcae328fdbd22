package io.orbitmq.broker;

import java.time.Duration;
import java.util.Objects;

/**
 * Where the broker listens.
 *
 * @param bindAddress [bindAddress]
 * @param listenPort [listenPort] 0 takes any free port, for the VIP port too
 * @param vipListenerEnabled whether port {@code listenPort - 2} is served as well, all requests but pulls
 * @param eventLoopThreads [serverSelectorThreads] 0 means a number by the cores
 * @param busyPollMicros [busyPollMicros] how long such a thread looks for requests before it sleeps, while that pays; 0:
 *     it sleeps at once
 * @param maxIdle [serverChannelMaxIdleTimeSeconds] a connection silent for this long is closed
 * @param maxFrameBytes longest frame taken from a client
 */
public record NetworkSettings(
        String bindAddress,
        int listenPort,
        boolean vipListenerEnabled,
        int eventLoopThreads,
        int busyPollMicros,
        Duration maxIdle,
        int maxFrameBytes) {

    private static final int VIP_DISTANCE = 2;

    public NetworkSettings {
        Objects.requireNonNull(bindAddress, "bindAddress");
        Check.range("listenPort", listenPort, 0, 65535);
        if (vipListenerEnabled && listenPort > 0) {
            Check.range("listenPort - 2 (VIP port)", listenPort - VIP_DISTANCE, 1, 65535);
        }
        Check.range("serverSelectorThreads", eventLoopThreads, 0, 1024);
        Check.range("busyPollMicros", busyPollMicros, 0, 1000);
        Check.positive("serverChannelMaxIdleTimeSeconds", maxIdle);
        Check.range("frameMaxLength", maxFrameBytes, 1024, Integer.MAX_VALUE);
    }

    public static NetworkSettings defaults() {
        return new NetworkSettings("0.0.0.0", 10911, true, 0, 50, Duration.ofSeconds(120), 16 * 1024 * 1024);
    }

    /** The VIP port: two below the main port; 0 when the main port is any. */
    public int vipPort() {
        return listenPort == 0 ? 0 : listenPort - VIP_DISTANCE;
    }
}
