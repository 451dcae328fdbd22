package io.orbitmq.transport.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.orbitmq.testkit.SimulatedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {

    private final SingleThreadIoEventLoop eventLoop =
            new SingleThreadIoEventLoop(null, new DefaultThreadFactory("loop-test", true), NioIoHandler.newFactory());
    private final Loop loop = new Loop(eventLoop);
    private final List<Integer> done = new CopyOnWriteArrayList<>();
    private final AtomicInteger gone = new AtomicInteger();

    @AfterEach
    void stop() {
        eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void wakesTheEventLoopOnceForManySubmissions() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        eventLoop.execute(() -> {
            blocked.countDown();
            awaitUninterruptibly(gate);
        });
        blocked.await();
        IntStream.range(0, 5000).forEach(i -> loop.submit(submission(i)));
        assertThat(eventLoop.pendingTasks()).isEqualTo(1);
        gate.countDown();
        await().until(() -> done.size() == 5000);
        assertThat(done).isSorted();
    }

    @Test
    void carriesOutTheOthersWhenOneSubmissionFails() {
        loop.submit(new Loop.Submission() {
            @Override
            public void onLoop() {
                throw new IllegalStateException("thrown on purpose");
            }

            @Override
            public void onLoopGone() {}
        });
        loop.submit(submission(1));
        await().until(() -> done.size() == 1);
    }

    @Test
    void runsEachEndOfTurnTaskOnceAndGoesOnAfterAFailure() {
        List<String> ran = new ArrayList<>();
        Runnable failing = () -> {
            ran.add("failing");
            throw new IllegalStateException("thrown on purpose");
        };
        Runnable second = () -> ran.add("second");
        eventLoop
                .submit(() -> {
                    loop.atEndOfTurn(failing);
                    loop.atEndOfTurn(second);
                    loop.atEndOfTurn(failing);
                    loop.atEndOfTurn(second);
                    ran.add("request");
                })
                .awaitUninterruptibly();
        eventLoop.submit(() -> {}).awaitUninterruptibly();
        assertThat(ran).containsExactly("request", "failing", "second");
    }

    @Test
    void aTurnThatBeginsWhileReadingEndsWithItAndNeedsNoTask() {
        List<String> ran = new ArrayList<>();
        int tasks = eventLoop
                .submit(() -> {
                    loop.beginReading();
                    loop.atEndOfTurn(() -> ran.add("end"));
                    ran.add("request");
                    int waiting = eventLoop.pendingTasks();
                    loop.endReading();
                    ran.add("after");
                    return waiting;
                })
                .awaitUninterruptibly()
                .getNow();
        assertThat(tasks).isZero();
        assertThat(ran).containsExactly("request", "end", "after");
    }

    @Test
    void aTurnStaysOpenForWhatItsLastTasksBegin() {
        List<String> ran = new ArrayList<>();
        int tasks = eventLoop
                .submit(() -> {
                    loop.beginReading();
                    loop.atEndOfTurn(() -> {
                        ran.add("end");
                        loop.atEndOfTurn(() -> ran.add("begun at the end"));
                    });
                    loop.endReading();
                    return eventLoop.pendingTasks();
                })
                .awaitUninterruptibly()
                .getNow();
        assertThat(tasks).isZero();
        assertThat(ran).containsExactly("end", "begun at the end");
    }

    @Test
    void readsTheClockOnceATurn() {
        SimulatedClock clock = new SimulatedClock();
        List<Long> times = eventLoop
                .submit(() -> {
                    List<Long> read = new ArrayList<>();
                    for (int turn = 0; turn < 2; turn++) {
                        clock.advance(Duration.ofNanos(1));
                        loop.beginReading();
                        read.add(loop.turnNanos(clock) - clock.nanos());
                        clock.advance(Duration.ofNanos(1));
                        read.add(loop.turnNanos(clock) - clock.nanos());
                        loop.endReading();
                        clock.advance(Duration.ofNanos(1));
                        read.add(loop.turnNanos(clock) - clock.nanos());
                    }
                    return read;
                })
                .awaitUninterruptibly()
                .getNow();
        assertThat(times).containsExactly(0L, -1L, 0L, 0L, -1L, 0L);
    }

    @Test
    void tellsSubmissionsThatTheEventLoopIsGone() {
        stop();
        loop.submit(submission(1));
        loop.submit(submission(2));
        assertThat(gone).hasValue(2);
        assertThat(done).isEmpty();
    }

    private Loop.Submission submission(int number) {
        return new Loop.Submission() {
            @Override
            public void onLoop() {
                done.add(number);
            }

            @Override
            public void onLoopGone() {
                gone.incrementAndGet();
            }
        };
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
