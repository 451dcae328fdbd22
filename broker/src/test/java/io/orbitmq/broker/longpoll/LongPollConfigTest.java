package io.orbitmq.broker.longpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LongPollConfigTest {

    @Test
    void holdsNoMoreThanTheHeapCanBear() {
        assertThat(LongPollConfig.within(128L << 20, 1_000_000).maxHeldRequests())
                .isBetween(15_000, 25_000);
        assertThat(LongPollConfig.within(64L << 30, 1_000_000).maxHeldRequests())
                .isEqualTo(1_000_000);
        assertThat(LongPollConfig.within(128L << 20, 100).maxHeldRequests()).isEqualTo(100);
    }

    @Test
    void refusesTimesThatCannotBeKept() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LongPollConfig(1, Duration.ZERO, Duration.ofSeconds(5)))
                .withMessageContaining("tick");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LongPollConfig(1, Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LongPollConfig.of(-1))
                .withMessageContaining("maxHeldRequests");
    }
}
