package io.orbitmq.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.broker.node.BrokerNode;
import io.orbitmq.broker.node.NodeSurroundings;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.server.config.BrokerDefaults;
import io.orbitmq.server.config.BrokerKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code busyPollMicros} of broker.conf does to the event loop of an idle broker, seen by how it reads the clock. */
final class BusyPollKeyTest {

    private static final int MANY_LOOKS = 100;

    @TempDir
    private Path folder;

    private final LoopClock clock = new LoopClock();

    @Test
    void zeroLetsTheEventLoopSleepAtOnce() throws IOException {
        try (BrokerNode broker = open("busyPollMicros=0")) {
            broker.start();
        }
        assertThat(clock.looks.get()).isZero();
    }

    @Test
    void theEventLoopLooksForAsLongAsTheKeySays() throws Exception {
        assertLooksFor(700_000, "busyPollMicros=700");
    }

    @Test
    void theEventLoopLooksForFiftyMicrosecondsByDefault() throws Exception {
        assertLooksFor(50_000, "");
    }

    private void assertLooksFor(long limitNanos, String line) throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "nobody looks on a single core");
        try (BrokerNode broker = open(line)) {
            broker.start();
            assertThat(clock.begun.await(10, TimeUnit.SECONDS)).isTrue();
            clock.stepNanos = (limitNanos - 1) / MANY_LOOKS;
            // without a sleep in between, which would be a second long
            assertThat(clock.seen.await(10, TimeUnit.SECONDS)).isTrue();
            clock.looks.set(0);
        }
        // it sleeps soon after; closing wakes it now and then, and it may look as long again
        assertThat(clock.looks.get()).isLessThan(10 * MANY_LOOKS);
    }

    private BrokerNode open(String line) throws IOException {
        String file = "listenPort=0\nbindAddress=127.0.0.1\nvipListenerEnabled=false\nserverSelectorThreads=1\n" + line;
        BrokerConfig config = BrokerKeys.load(
                        Settings.parse(file, "broker.conf"), new BrokerDefaults("broker-a", "127.0.0.1", folder, ""))
                .config();
        return BrokerNode.open(
                config, new NodeSurroundings(clock, new SystemDisk(), SystemScheduler::new, OperatorSettings.NONE));
    }

    /** For the broker's event loop it stands still, later makes a step at each look; for others it is the system's. */
    private static final class LoopClock implements Clock {

        private final Clock system = new SystemClock();
        private final AtomicInteger looks = new AtomicInteger();
        private final CountDownLatch begun = new CountDownLatch(MANY_LOOKS);
        private final CountDownLatch seen = new CountDownLatch(MANY_LOOKS);
        private volatile long stepNanos;
        private long loopNanos;

        @Override
        public long epochMs() {
            return system.epochMs();
        }

        @Override
        public long nanos() {
            if (!Thread.currentThread().getName().startsWith("broker-loop")) {
                return system.nanos();
            }
            looks.incrementAndGet();
            begun.countDown();
            long step = stepNanos;
            if (step > 0) {
                seen.countDown();
            }
            loopNanos += step;
            return loopNanos;
        }
    }
}
