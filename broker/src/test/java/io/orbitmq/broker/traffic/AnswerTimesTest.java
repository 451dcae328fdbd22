package io.orbitmq.broker.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AnswerTimesTest {

    private final AnswerTimes times = new AnswerTimes();

    @Test
    void nothingWasMeasuredAtTheStart() {
        assertThat(times.storedMs(99)).isZero();
        assertThat(times.slowestStoreMs()).isZero();
        assertThat(times.slowestReadMs()).isZero();
        assertThat(times.distribution())
                .startsWith("[<=0ms]:0 [0~10ms]:0 [10~50ms]:0 ")
                .endsWith("[5~10s]:0 [10s~]:0");
    }

    @Test
    void percentilesCountMessagesAndNotTurns() {
        times.stored(98, TimeUnit.MICROSECONDS.toNanos(500));
        times.stored(1, TimeUnit.MILLISECONDS.toNanos(40));
        times.stored(1, TimeUnit.MILLISECONDS.toNanos(700));

        assertThat(times.storedMs(98)).isCloseTo(0.5, within(0.01));
        assertThat(times.storedMs(99)).isCloseTo(40, within(0.5));
        assertThat(times.storedMs(99.9)).isCloseTo(700, within(8.0));
        assertThat(times.slowestStoreMs()).isCloseTo(700, within(8.0));
    }

    @Test
    void everyMessageIsInOneRange() {
        times.stored(3, TimeUnit.MICROSECONDS.toNanos(999));
        times.stored(5, TimeUnit.MICROSECONDS.toNanos(9_999));
        times.stored(7, TimeUnit.MILLISECONDS.toNanos(10));
        times.stored(2, TimeUnit.MILLISECONDS.toNanos(4_999));
        times.stored(1, TimeUnit.HOURS.toNanos(1));

        assertThat(times.distribution())
                .isEqualTo("[<=0ms]:3 [0~10ms]:5 [10~50ms]:7 [50~100ms]:0 [100~200ms]:0 [200~500ms]:0 [500ms~1s]:0"
                        + " [1~2s]:0 [2~3s]:0 [3~4s]:0 [4~5s]:2 [5~10s]:0 [10s~]:1");
    }

    @Test
    void theSlowestReadIsKept() {
        times.read(TimeUnit.MILLISECONDS.toNanos(3));
        times.read(TimeUnit.MILLISECONDS.toNanos(8));
        times.read(TimeUnit.MILLISECONDS.toNanos(2));

        assertThat(times.slowestReadMs()).isEqualTo(8.0);
    }
}
