package io.orbitmq.broker.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.fake.FakeQueue;
import io.orbitmq.broker.fake.LoopConnection;
import io.orbitmq.broker.longpoll.HeldRequest.Waiting;
import io.orbitmq.store.ReadRequest.RecordFilter;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.fake.RecordingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HeldRequestsTest {

    private static final long TAG_A = "TagA".hashCode();
    private static final long TAG_B = "TagB".hashCode();
    private static final RecordFilter ONLY_A = code -> code == TAG_A;

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    private final HeldRequests held = new HeldRequests(clock, scheduler, LongPollConfig.of(50_000));
    private final FakeQueue queue = new FakeQueue("T", 0, 3);
    private final Connection connection = new RecordingConnection();
    private final List<String> ran = new ArrayList<>();

    @Test
    void arrivalWakesARequestWaitingForThatQueue() {
        hold("g", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15));
        FakeQueue other = new FakeQueue("T", 1, 4);

        arrive(other, 0, TAG_A);
        assertThat(ran).isEmpty();

        arrive(queue, 0, TAG_A);
        assertThat(ran).containsExactly("g");
        assertThat(held.count()).isZero();
    }

    @Test
    void arrivalThatDoesNotMatchTheFilterKeepsHolding() {
        hold("g", queue, 0, ONLY_A, Duration.ofSeconds(15));

        arrive(queue, 0, TAG_B);
        assertThat(ran).isEmpty();

        arrive(queue, 1, TAG_A);
        assertThat(ran).containsExactly("g");
    }

    @Test
    void arrivalBelowTheWantedOffsetDoesNotWake() {
        queue.setMaxOffset(5);
        hold("g", queue, 5, RecordFilter.ALL, Duration.ofSeconds(15));

        held.arrived(queue, 4, TAG_A);

        assertThat(ran).isEmpty();
    }

    @Test
    void oneArrivalWakesEveryGroupOnce() {
        hold("g1", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15));
        hold("g2", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15));
        hold("g3", queue, 0, ONLY_A, Duration.ofSeconds(15));

        arrive(queue, 0, TAG_A);
        arrive(queue, 1, TAG_A);
        scheduler.advance(Duration.ofSeconds(30));

        assertThat(ran).containsExactlyInAnyOrder("g1", "g2", "g3");
    }

    @Test
    void noArrivalIsLostBetweenReadAndHold() {
        // given a read that saw the queue's end at 7, and a message that arrived before the request was held
        queue.setMaxOffset(7);
        arrive(queue, 7, TAG_A);

        hold("g", queue, 7, RecordFilter.ALL, Duration.ofSeconds(15));

        assertThat(ran).containsExactly("g");
        assertThat(held.count()).isZero();
    }

    @Test
    void noArrivalIsLostWhenHoldingAndArrivingRace() throws Exception {
        int rounds = 3_000;
        CyclicBarrier barrier = new CyclicBarrier(2);
        CountDownLatch woken = new CountDownLatch(rounds);
        List<FakeQueue> queues = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            queues.add(new FakeQueue("T", i, i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> holder = threads.submit(() -> {
                for (FakeQueue each : queues) {
                    barrier.await();
                    held.hold(new HeldRequest(
                            new Waiting("g", each, 0, ONLY_A), connection, Long.MAX_VALUE / 2, woken::countDown));
                }
                return null;
            });
            Future<?> arriver = threads.submit(() -> {
                for (FakeQueue each : queues) {
                    barrier.await();
                    arrive(each, 0, TAG_A);
                }
                return null;
            });
            holder.get(60, TimeUnit.SECONDS);
            arriver.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }

        assertThat(woken.getCount()).isZero();
        assertThat(held.count()).isZero();
    }

    @Test
    void deadlineIsKeptToOneTick() {
        hold("g", queue, 0, RecordFilter.ALL, Duration.ofMillis(1_000));

        scheduler.advance(Duration.ofMillis(999));
        assertThat(ran).isEmpty();

        scheduler.advance(Duration.ofMillis(202));
        assertThat(ran).containsExactly("g");
    }

    @Test
    void deadlinesLongerThanTheWheelAreKeptToo() {
        hold("g", queue, 0, RecordFilter.ALL, Duration.ofSeconds(20));

        scheduler.advance(Duration.ofMillis(19_900));
        assertThat(ran).isEmpty();

        scheduler.advance(Duration.ofMillis(302));
        assertThat(ran).containsExactly("g");
    }

    @Test
    void requestPassedByMessagesThatDoNotMatchRunsAfterTheVisitInterval() {
        hold("g", queue, 0, ONLY_A, Duration.ofSeconds(20));

        arrive(queue, 0, TAG_B);
        scheduler.advance(Duration.ofMillis(4_900));
        assertThat(ran).isEmpty();

        scheduler.advance(Duration.ofMillis(302));
        assertThat(ran).containsExactly("g");
    }

    @Test
    void requestOfAClosedConnectionIsDroppedAtOnce() {
        hold("g", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15));

        connection.close();
        held.closed(connection);
        assertThat(held.count()).isZero();

        arrive(queue, 0, TAG_A);
        scheduler.advance(Duration.ofSeconds(30));
        assertThat(ran).isEmpty();
    }

    @Test
    void requestHeldWhileItsConnectionClosesIsDropped() {
        connection.close();

        hold("g", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15));

        assertThat(held.count()).isZero();
        arrive(queue, 0, TAG_A);
        assertThat(ran).isEmpty();
    }

    @Test
    void requestsOfOtherConnectionsSurviveAClose() {
        Connection other = new RecordingConnection(40_001);
        hold("g", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15));
        assertThat(held.hold(request("h", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15), other)))
                .isTrue();

        held.closed(connection);
        arrive(queue, 0, TAG_A);

        assertThat(ran).containsExactly("h");
    }

    @Test
    void refusesToHoldMoreThanTheLimit() {
        HeldRequests small = new HeldRequests(clock, scheduler, LongPollConfig.of(2));
        HeldRequest first = request("1", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15), connection);
        HeldRequest second = request("2", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15), connection);
        HeldRequest third = request("3", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15), connection);

        assertThat(small.hold(first)).isTrue();
        assertThat(small.hold(second)).isTrue();
        assertThat(small.hold(third)).isFalse();
        assertThat(small.count()).isEqualTo(2);

        scheduler.advance(Duration.ofSeconds(16));
        assertThat(ran).containsExactlyInAnyOrder("1", "2");
        assertThat(small.count()).isZero();
    }

    @Test
    void arrivalAmongManyHeldRequestsWakesItsOwnOnly() {
        for (int i = 0; i < 20_000; i++) {
            FakeQueue each = new FakeQueue("T" + i, 0, i);
            hold("g" + i, each, 0, RecordFilter.ALL, Duration.ofSeconds(15));
            if (i == 12_345) {
                arrive(each, 0, TAG_A);
            }
        }

        assertThat(ran).containsExactly("g12345");
        assertThat(held.count()).isEqualTo(19_999);

        scheduler.advance(Duration.ofSeconds(16));
        assertThat(held.count()).isZero();
        assertThat(ran).hasSize(20_000);
    }

    @Test
    void wakeUpsOfOneTurnRunInOneTask() {
        LoopConnection loop = new LoopConnection();
        for (int i = 0; i < 5; i++) {
            FakeQueue each = new FakeQueue("T", i, i);
            held.hold(request("g" + i, each, 0, RecordFilter.ALL, Duration.ofSeconds(15), loop));
            arrive(each, 0, TAG_A);
        }

        assertThat(ran).isEmpty();
        assertThat(loop.runLoop()).isEqualTo(1);
        assertThat(ran).containsExactly("g0", "g1", "g2", "g3", "g4");
    }

    @Test
    void oneFailingRequestDoesNotStopTheOthers() {
        LoopConnection loop = new LoopConnection();
        held.hold(new HeldRequest(new Waiting("bad", queue, 0, RecordFilter.ALL), loop, clock.nanos() + 1, () -> {
            throw new IllegalStateException("for the test");
        }));
        held.hold(request("good", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15), loop));

        arrive(queue, 0, TAG_A);
        loop.runLoop();

        assertThat(ran).containsExactly("good");
    }

    @Test
    void changesByOperatorsWakeThoseConcerned() {
        FakeQueue other = new FakeQueue("U", 0, 9);
        hold("g", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15));
        hold("h", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15));
        hold("g", other, 0, RecordFilter.ALL, Duration.ofSeconds(15));

        held.wakeGroup("h", "T");
        assertThat(ran).containsExactly("h");

        held.wakeTopic("T");
        assertThat(ran).containsExactly("h", "g");
        assertThat(held.count()).isEqualTo(1);
    }

    @Test
    void aNewQueueUnderADeletedOnesIndexDoesNotWakeItsWaiters() {
        hold("g", queue, 0, RecordFilter.ALL, Duration.ofSeconds(15));

        arrive(new FakeQueue("Other", 0, queue.index()), 0, TAG_A);

        assertThat(ran).isEmpty();
    }

    @Test
    void noTimerRunsWhileNothingIsHeld() {
        CountingScheduler counting = new CountingScheduler(scheduler);
        HeldRequests quiet = new HeldRequests(clock, counting, LongPollConfig.of(10));
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(counting.scheduled()).isZero();

        quiet.hold(request("g", queue, 0, RecordFilter.ALL, Duration.ofSeconds(1), connection));
        scheduler.advance(Duration.ofSeconds(2));
        assertThat(ran).containsExactly("g");
        int afterUse = counting.scheduled();

        scheduler.advance(Duration.ofMinutes(1));
        assertThat(counting.scheduled()).isEqualTo(afterUse);
    }

    private void hold(String group, FakeQueue in, long offset, RecordFilter filter, Duration time) {
        held.hold(request(group, in, offset, filter, time, connection));
    }

    private HeldRequest request(
            String group, FakeQueue in, long offset, RecordFilter filter, Duration time, Connection from) {
        return new HeldRequest(
                new Waiting(group, in, offset, filter), from, clock.nanos() + time.toNanos(), () -> ran.add(group));
    }

    private void arrive(FakeQueue in, long offset, long tagsCode) {
        in.setMaxOffset(offset + 1);
        held.arrived(in, offset, tagsCode);
    }
}
