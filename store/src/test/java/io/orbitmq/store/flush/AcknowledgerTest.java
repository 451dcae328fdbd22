package io.orbitmq.store.flush;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore.ArrivalListener;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.index.QueueIndex;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AcknowledgerTest {

    private static final int MESSAGES = 2_000_000;

    /** The promise of {@link ArrivalListener}: a reader that notes that it waits, and then looks, misses no message. */
    @Test
    void aReaderThatBeginsToWaitIsToldOfTheNextMessageOrSeesIt() throws Exception {
        try (QueueIndex index = QueueIndex.open(new SimulatedDisk(1), Path.of("/sim/queues"), 0, 0, 1 << 20)) {
            IndexedQueue queue = index.queue("Topic", 0);
            PendingArrivals pending = new PendingArrivals(16);
            Acknowledger acknowledger = new Acknowledger(index, pending, new Fence(), 0);
            Reader reader = new Reader(queue);
            acknowledger.onArrival(reader);
            CompletableFuture<Void> arrivals = CompletableFuture.runAsync(() -> {
                for (int offset = 0; offset < MESSAGES; offset++) {
                    pending.put(queue, offset, 0, offset + 1);
                    acknowledger.advance(offset + 1);
                }
            });

            reader.readAll(arrivals);

            arrivals.join();
            assertThat(reader.missed).isEmpty();
        }
    }

    /** Waits for one message after the other as a held request does, all the time. */
    private static final class Reader implements ArrivalListener {

        private static final long NOTHING = Long.MAX_VALUE;

        private final LogQueue queue;
        /** The offset that it waits for; when it was told, the one's complement of the offset. */
        private final AtomicLong waitsFor = new AtomicLong(NOTHING);

        private final List<String> missed = new ArrayList<>();

        Reader(LogQueue queue) {
            this.queue = queue;
        }

        @Override
        public void arrived(LogQueue of, long offset, long tagsCode) {
            long wanted = waitsFor.getOpaque();
            if (wanted >= 0 && wanted <= offset) {
                waitsFor.compareAndSet(wanted, ~offset);
            }
        }

        void readAll(CompletableFuture<Void> arrivals) {
            for (long next = 0; next < MESSAGES; next = queue.maxOffset()) {
                waitsFor.setOpaque(next);
                VarHandle.fullFence();
                if (queue.maxOffset() == next) {
                    listen(next, arrivals);
                }
            }
        }

        private void listen(long next, CompletableFuture<Void> arrivals) {
            boolean ended;
            do {
                Thread.onSpinWait();
                ended = arrivals.isDone();
            } while (waitsFor.get() == next && !ended);
            if (waitsFor.get() != ~next) {
                missed.add("waited for " + next + ", told " + (waitsFor.get() == next ? "nothing" : ~waitsFor.get()));
            }
        }
    }
}
