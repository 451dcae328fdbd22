package io.orbitmq.transport.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.orbitmq.testkit.SimulatedClock;
import java.time.Duration;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class BusyPollTest {

    private static final long LIMIT_NANOS = 50_000;
    private static final long LOOK_NANOS = 500;
    private static final long SOON = 20_000;
    private static final long LATE = 400_000;
    private static final int ROUNDS = 10_000;

    private final SimulatedClock clock = new SimulatedClock();
    private final Requests requests = new Requests();
    private final Tasks tasks = new Tasks();
    private final BusyPoll loop = new BusyPoll(requests, Duration.ofNanos(LIMIT_NANOS), clock);

    @Test
    void neverSleepsWhileTheNextRequestComesSoon() {
        rounds(ROUNDS, round -> SOON);
        assertThat(requests.sleeps).isZero();
    }

    @Test
    void hardlyLooksWhileRequestsAreRare() {
        rounds(ROUNDS, round -> LATE);
        assertThat(requests.looks * LOOK_NANOS).isLessThan(ROUNDS * LATE / 1000);
    }

    @Test
    void hardlyLooksWhileHalfOfTheRequestsComeSoon() {
        rounds(ROUNDS, round -> round % 2 == 0 ? SOON : LATE);
        assertThat(requests.sleeps).isGreaterThan(ROUNDS * 9 / 10);
    }

    @Test
    void goesOnWhileOneRequestInTenComesLate() {
        rounds(ROUNDS, round -> round % 10 == 0 ? LATE : SOON);
        assertThat(requests.sleeps).isLessThan(ROUNDS * 5 / 10);
    }

    @Test
    void takesUpLookingAgainWhenRequestsComeSoonAgain() {
        rounds(ROUNDS, round -> LATE);
        rounds(2_000, round -> SOON);
        requests.sleeps = 0;
        rounds(ROUNDS, round -> SOON);
        assertThat(requests.sleeps).isZero();
    }

    @Test
    void looksNoLongerThanTheLimitBeforeItSleeps() {
        requests.nextNanos = Long.MAX_VALUE / 2;
        requests.onSleep = () -> {
            assertThat(clock.nanos()).isBetween(LIMIT_NANOS, LIMIT_NANOS + LOOK_NANOS);
            requests.nextNanos = clock.nanos();
        };
        assertThat(loop.run(tasks)).isOne();
        assertThat(requests.sleeps).isOne();
    }

    @Test
    void doesNotSleepWhenATaskComesWhileItLooks() {
        requests.nextNanos = Long.MAX_VALUE / 2;
        tasks.fromNanos = SOON;
        assertThat(loop.run(tasks)).isZero();
        assertThat(clock.nanos()).isBetween(SOON, SOON + LOOK_NANOS);
        assertThat(requests.sleeps).isZero();
    }

    @Test
    void looksOnceWhenATaskWaitsAlready() {
        tasks.fromNanos = 0;
        requests.nextNanos = SOON;
        assertThat(loop.run(tasks)).isZero();
        assertThat(requests.looks).isOne();
    }

    /** @param gap nanoseconds from the end of a round to its request */
    private void rounds(int count, LongUnaryOperator gap) {
        for (int round = 0; round < count; round++) {
            requests.nextNanos = clock.nanos() + gap.applyAsLong(round);
            assertThat(loop.run(tasks)).isOne();
        }
    }

    /** Says that no task waits until it is time for one. */
    private final class Tasks implements IoHandlerContext {

        private long fromNanos = Long.MAX_VALUE;

        @Override
        public boolean canBlock() {
            return clock.nanos() < fromNanos;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return Long.MAX_VALUE;
        }

        @Override
        public long deadlineNanos() {
            return -1;
        }
    }

    /** A connection with a request at a time. */
    private final class Requests implements IoHandler {

        private long nextNanos;
        private long looks;
        private int sleeps;
        private Runnable onSleep = () -> {};

        @Override
        public int run(IoHandlerContext context) {
            if (context.canBlock()) {
                sleeps++;
                onSleep.run();
                clock.advance(Duration.ofNanos(Math.max(0, nextNanos - clock.nanos())));
                return 1;
            }
            looks++;
            clock.advance(Duration.ofNanos(LOOK_NANOS));
            return clock.nanos() >= nextNanos ? 1 : 0;
        }

        @Override
        public IoRegistration register(IoHandle handle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void wakeup() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return true;
        }
    }
}
