package io.orbitmq.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SettlementTest {

    @Test
    void namesAPlaceInAQueue() {
        long field = Settlement.of(Settlement.TIMER, 65_535, (1L << 44) - 1);
        assertThat(field).isPositive();
        assertThat(Settlement.kind(field)).isEqualTo(Settlement.TIMER);
        assertThat(Settlement.queueId(field)).isEqualTo(65_535);
        assertThat(Settlement.queueOffset(field)).isEqualTo((1L << 44) - 1);
    }

    @Test
    void takesALogPositionForAHalfMessage() {
        assertThat(Settlement.kind(1L << 59)).isEqualTo(Settlement.HALF_MESSAGE);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> Settlement.of(Settlement.HALF_MESSAGE, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Settlement.of(1, 65_536, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Settlement.of(1, 0, 1L << 44)).isInstanceOf(IllegalArgumentException.class);
    }
}
