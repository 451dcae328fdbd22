package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore.DurabilityListener;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.append.Appender;
import io.orbitmq.store.flush.FlusherThread;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.state.StateTables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many producers and consumers at once over a window so small that it is reused all the time. */
final class ConcurrentStoreTest {

    private static final int PRODUCERS = 3;
    private static final int MESSAGES = 4000;
    private static final long SEGMENT_BYTES = 256 << 10;

    @TempDir
    Path root;

    private final AtomicLong acknowledged = new AtomicLong();

    @ParameterizedTest
    @EnumSource(FlushMode.class)
    void everyConsumerSeesEveryMessageOnceInOrder(FlushMode mode) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (SystemScheduler scheduler = new SystemScheduler("test-store")) {
            OpenStore store = open(mode, scheduler);
            FlusherThread flusher = FlusherThread.start(store.parts().flusher);
            store.onAppend(flusher::nudge);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                IndexedQueue queue = store.parts().queues.queue("Topic", i);
                running.add(threads.submit(() -> produce(store, queue, flusher)));
                running.add(threads.submit(() -> consume(store, queue)));
            }
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
            flusher.close();
            store.close();
            assertThat(acknowledged.get()).isEqualTo(PRODUCERS * MESSAGES);
            OpenStore reopened = open(mode, scheduler);
            assertThat(reopened.parts().queues.queue("Topic", 0).maxOffset()).isEqualTo(MESSAGES);
            reopened.close();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void stateChangesApplyInLogOrderFromManyThreads() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        OffsetTable table = new OffsetTable();
        try (SystemScheduler scheduler = new SystemScheduler("test-store")) {
            OpenStore store = open(FlushMode.ASYNC_FLUSH, scheduler, table);
            List<Callable<Void>> committers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "group" + i;
                committers.add(() -> {
                    for (long offset = 1; offset <= 500; ) {
                        AppendOutcome outcome = store.appendState("offsets", OffsetTable.change(name, offset));
                        if (outcome instanceof Appended) {
                            offset++;
                        } else {
                            assertThat(((Refused) outcome).reason()).isEqualTo(AppendOutcome.Reason.BUSY);
                        }
                        store.parts().flusher.endTurn();
                    }
                    return null;
                });
            }
            for (Future<Void> each : threads.invokeAll(committers)) {
                each.get(60, TimeUnit.SECONDS);
            }
            store.close();
            OffsetTable reopened = new OffsetTable();
            open(FlushMode.ASYNC_FLUSH, scheduler, reopened).close();
            assertThat(reopened.offsets).isEqualTo(table.offsets).containsEntry("group3", 500L);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void announcingNoQueuesDoesNotWaitForAppends() throws Exception {
        try (SystemScheduler scheduler = new SystemScheduler("test-store")) {
            OpenStore store = open(FlushMode.ASYNC_FLUSH, scheduler);
            Appender appender = store.parts().appender;
            appender.whileStill(() -> CompletableFuture.runAsync(() -> appender.expect(List.of()))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join());
            store.close();
        }
    }

    private Void produce(OpenStore store, IndexedQueue queue, FlusherThread flusher) {
        for (int i = 0; i < MESSAGES; ) {
            AppendOutcome outcome = store.parts().appender.append(queue, Drafts.text(body(queue, i)));
            if (outcome instanceof Appended appended) {
                assertThat(appended.queueOffset()).isEqualTo(i);
                store.parts().acknowledger.whenSafe(appended.endPosition(), counting());
                i++;
            } else {
                assertThat(((Refused) outcome).reason()).isEqualTo(AppendOutcome.Reason.BUSY);
                Thread.onSpinWait();
            }
            if (i % 7 == 0) {
                endTurn(store, flusher);
            }
        }
        endTurn(store, flusher);
        return null;
    }

    private Void consume(OpenStore store, LogQueue queue) {
        long[] next = {0};
        while (next[0] < MESSAGES) {
            ReadRequest request = new ReadRequest(next[0], 17, 20_000, 100, ReadRequest.RecordFilter.ALL, false);
            ReadOutcome outcome = store.parts().reader.read((IndexedQueue) queue, request, record -> {
                assertThat(MessageRecord.queueOffset(record, 0)).isEqualTo(next[0]);
                assertThat(Drafts.body(record)).isEqualTo(body(queue, next[0]++));
            });
            assertThat(outcome.nextOffset()).isEqualTo(next[0]);
            if (outcome.count() == 0) {
                Thread.onSpinWait();
            }
        }
        return null;
    }

    private static void endTurn(OpenStore store, FlusherThread flusher) {
        if (store.parts().flusher.isSync()) {
            flusher.wakeUp();
        } else {
            store.parts().flusher.endTurn();
        }
    }

    private DurabilityListener counting() {
        return new DurabilityListener() {
            @Override
            public void durable() {
                acknowledged.incrementAndGet();
            }

            @Override
            public void lost(String reason) {
                throw new AssertionError(reason);
            }
        };
    }

    private static String body(LogQueue queue, long number) {
        return queue + " " + number + "z".repeat((int) (number * 31 % 700));
    }

    private OpenStore open(FlushMode mode, SystemScheduler scheduler, StateTable... tables) throws Exception {
        return OpenStore.open(
                RestlessConfig.of(root, mode, SEGMENT_BYTES, Duration.ofMillis(5)),
                new StateTables(List.of(tables)),
                new OpenStore.Environment(
                        new SystemDisk(),
                        new SystemClock(),
                        scheduler,
                        new StoreMemory(2048, 3, 256 << 10, 256, 1 << 20)));
    }
}
