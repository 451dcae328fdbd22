package io.orbitmq.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.benchmarks.load.LoadGenerator.SendShape;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generator against our own broker: what it counts is what the broker holds. */
final class LoadGeneratorTest {

    private final Clock clock = new SystemClock();
    private LocalBroker broker;
    private LoadGenerator load;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        broker = new LocalBroker(data);
        load = new LoadGenerator(clock, broker.address());
    }

    @AfterEach
    void stop() throws IOException {
        broker.close();
    }

    @Test
    void countsWhatTheBrokerAcknowledgedAndHolds() throws IOException {
        load.createTopics(List.of("One", "Two"), 4);

        LoadResult result =
                load.closedLoop(List.of("One", "Two"), 4, new SendShape(2, 8, 128, 1), Duration.ofMillis(100));

        assertThat(result.messages()).isPositive();
        assertThat(result.refused()).isZero();
        assertThat(result.latencyNanos().getTotalCount()).isEqualTo(result.messages());
        assertThat(load.storedCount()).isEqualTo(new StoredCount(result.messages(), result.messages()));
    }

    @Test
    void countsEveryRefusedSend() throws IOException {
        load.createTopics(List.of("One"), 1);

        LoadResult result = load.fill("One", 2, new SendShape(1, 4, 128, 1), 100);

        // Every second send goes to a queue that the topic does not have.
        assertThat(result.refused()).isEqualTo(50);
        assertThat(result.messages()).isEqualTo(50);
    }

    @Test
    void drainsEveryMessageOfBatchesInItsPlace() throws IOException {
        load.createTopics(List.of("Drained"), 4);
        LoadResult filled = load.fill("Drained", 4, new SendShape(2, 4, 128, 32), 1_000);

        LoadResult drained = load.drain("Drained", 4, 2, Duration.ZERO);

        assertThat(filled.messages()).isEqualTo(1_024);
        assertThat(drained.messages()).isEqualTo(1_024);
        assertThat(drained.refused()).isZero();
        assertThat(drained.misplaced()).isZero();
    }

    @Test
    void drainsWholeLapsUntilTheTimeIsOver() throws IOException {
        load.createTopics(List.of("Drained"), 4);
        load.fill("Drained", 4, new SendShape(2, 4, 128, 32), 1_024);

        LoadResult drained = load.drain("Drained", 4, 2, Duration.ofMillis(100));

        // A queue holds 256.
        assertThat(drained.messages()).isGreaterThan(1_024).matches(messages -> messages % 256 == 0);
        assertThat(drained.misplaced()).isZero();
    }

    @Test
    void deliversEveryMessageOfAnOpenLoopOnce() throws IOException {
        load.createTopics(List.of("Pushed"), 1);

        LoadResult result = load.deliver("Pushed", 1_000, Duration.ofMillis(200));

        assertThat(result.messages()).isEqualTo(200);
        assertThat(result.refused()).isZero();
        assertThat(result.misplaced()).isZero();
        assertThat(load.storedCount().isEqual()).isTrue();
    }

    @Test
    void deliversFromTheEndOfATopicThatHoldsMessages() throws IOException {
        load.createTopics(List.of("Pushed"), 1);
        load.deliver("Pushed", 1_000, Duration.ofMillis(50));

        LoadResult second = load.deliver("Pushed", 1_000, Duration.ofMillis(100));

        assertThat(second.messages()).isEqualTo(100);
        assertThat(second.misplaced()).isZero();
        assertThat(second.and(second).latencyNanos().getTotalCount()).isEqualTo(200);
        assertThat(load.storedCount()).isEqualTo(new StoredCount(150, 150));
    }

    @Test
    void sendsTheSameWhilePolling() throws IOException {
        LoadGenerator polling = new LoadGenerator(clock, broker.address(), Waiting.POLL);
        polling.createTopics(List.of("One"), 2);

        LoadResult result = polling.fill("One", 2, new SendShape(1, 1, 128, 1), 100);

        assertThat(result.messages()).isEqualTo(100);
        assertThat(polling.storedCount().isEqual()).isTrue();
    }

    @Test
    void saysWhenTheFirstMessageWasTaken() throws IOException {
        long before = clock.nanos();

        long accepted = new FirstSend(clock, broker.address()).awaitAccepted(() -> true);

        assertThat(accepted).isBetween(before, clock.nanos());
    }
}
