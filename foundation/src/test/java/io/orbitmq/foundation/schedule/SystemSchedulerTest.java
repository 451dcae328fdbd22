package io.orbitmq.foundation.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SystemSchedulerTest {

    @Test
    void aTaskThatThrowsRunsAgain() throws InterruptedException {
        try (SystemScheduler scheduler = new SystemScheduler("test")) {
            CountDownLatch runs = new CountDownLatch(3);
            scheduler.every(Duration.ZERO, Duration.ofNanos(1), () -> {
                runs.countDown();
                if (runs.getCount() == 2) {
                    throw new IllegalStateException("for the test");
                }
                throw new LinkageError("for the test");
            });

            assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(scheduler.failedRuns()).isGreaterThanOrEqualTo(2);
        }
    }
}
