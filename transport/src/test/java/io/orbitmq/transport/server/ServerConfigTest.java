package io.orbitmq.transport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.protocol.frame.SerializeType;
import io.orbitmq.transport.channel.ChannelLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerConfigTest {

    private static final int MIB = 1024 * 1024;

    @Test
    void hasTheDefaultsOfTheProtocolPage() {
        ServerConfig config = ServerConfig.defaults();
        assertThat(config.bindAddress()).isEqualTo("0.0.0.0");
        assertThat(config.eventLoopThreads()).isBetween(1, 4);
        assertThat(config.busyPoll()).isZero();
        assertThat(config.backlog()).isEqualTo(1024);
        assertThat(config.forceNio()).isFalse();
        assertThat(config.goAwayPeriod()).isZero();
        assertThat(config.maxIncompleteBytes()).isGreaterThanOrEqualTo(32 * MIB);
        assertThat(config.limits())
                .isEqualTo(new ChannelLimits(
                        SerializeType.JSON, 16 * MIB, Duration.ofSeconds(120), MIB / 2, MIB, 32 * MIB, 64 * MIB, 1024));
    }

    @Test
    void takesEveryValueThatIsGiven() {
        ChannelLimits limits =
                new ChannelLimits(SerializeType.ROCKETMQ, 100, Duration.ofSeconds(1), 10, 20, 30, 40, 50);
        ServerConfig config = ServerConfig.defaults()
                .withName("n")
                .withBindAddress("127.0.0.9")
                .withEventLoopThreads(3)
                .withBusyPoll(Duration.ofNanos(5))
                .withBacklog(7)
                .withForceNio(true)
                .withLimits(limits)
                .withMaxIncompleteBytes(1000)
                .withGoAwayPeriod(Duration.ofSeconds(30));
        assertThat(config)
                .isEqualTo(new ServerConfig(
                        "n", "127.0.0.9", 3, Duration.ofNanos(5), 7, true, limits, 1000, Duration.ofSeconds(30)));
    }

    @Test
    void takesEveryLimitThatIsGivenAndKeepsTheOthers() {
        ChannelLimits limits = new ChannelLimits(SerializeType.JSON, 100, Duration.ofSeconds(1), 10, 20, 30, 40, 50);
        assertThat(limits.withSerializeType(SerializeType.ROCKETMQ)
                        .withMaxFrameBytes(101)
                        .withIdleTimeout(Duration.ofSeconds(2))
                        .withMaxCalls(51))
                .isEqualTo(new ChannelLimits(SerializeType.ROCKETMQ, 101, Duration.ofSeconds(2), 10, 20, 30, 40, 51));
    }

    @Test
    void saysWhichValueIsOutOfItsRange() {
        assertFault(() -> limits(7, 1, 10, 20, 30, 40, 50), "maxFrameBytes");
        assertFault(() -> limits(16 * MIB + 1, 1, 10, 20, 30, 40, 50), "maxFrameBytes");
        assertFault(() -> limits(100, 0, 10, 20, 30, 40, 50), "idleTimeout");
        assertFault(() -> limits(100, 1, 0, 20, 30, 40, 50), "writeLowWaterBytes");
        assertFault(() -> limits(100, 1, 10, 9, 30, 40, 50), "writeHighWaterBytes");
        assertFault(() -> limits(100, 1, 10, 20, 0, 40, 50), "maxInWorkBytes");
        assertFault(() -> limits(100, 1, 10, 20, 30, 19, 50), "maxUnsentBytes");
        assertFault(() -> limits(100, 1, 10, 20, 30, 40, 0), "maxCalls");
        assertFault(() -> ServerConfig.defaults().withEventLoopThreads(0), "eventLoopThreads");
        assertFault(() -> ServerConfig.defaults().withBusyPoll(Duration.ofNanos(-1)), "busyPoll");
        assertFault(() -> ServerConfig.defaults().withGoAwayPeriod(Duration.ofSeconds(-1)), "goAwayPeriod");
        assertFault(() -> ServerConfig.defaults().withMaxIncompleteBytes(1), "maxIncompleteBytes");
    }

    private static void limits(int frame, int idleSeconds, int low, int high, long inWork, long unsent, int calls) {
        new ChannelLimits(SerializeType.JSON, frame, Duration.ofSeconds(idleSeconds), low, high, inWork, unsent, calls);
    }

    private static void assertFault(org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String name) {
        assertThatThrownBy(action).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(name);
    }
}
