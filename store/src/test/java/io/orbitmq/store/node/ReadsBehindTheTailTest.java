package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.MessageStore.RecordSink;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadOutcome.Status;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two queues whose messages lie by turns in the log, nearly all of them long out of the tail window. */
final class ReadsBehindTheTailTest {

    private static final int MESSAGES = 2_000;
    private static final int BATCH = 32;

    private final SimulatedStore simulated = new SimulatedStore(new SimulatedDisk(1), FlushMode.ASYNC_FLUSH, 1 << 20);
    private final List<Long> offsets = new ArrayList<>();
    private final List<Runnable> ahead = new ArrayList<>();
    private IndexedQueue first;
    private IndexedQueue second;

    @BeforeEach
    void fill() throws IOException {
        simulated.open();
        first = simulated.queue("t", 0);
        second = simulated.queue("t", 1);
        append(MESSAGES);
    }

    @Test
    void whatOneQueueTookFromTheDiskTheOtherFindsInMemory() {
        assertThat(read(first, 0, true).status()).isEqualTo(Status.NEEDS_DISK);
        assertThat(offsets).isEmpty();

        assertThat(read(first, 0, false).status()).isEqualTo(Status.FOUND);

        assertThat(read(first, BATCH, true).status()).isEqualTo(Status.FOUND);
        offsets.clear();
        ReadOutcome ofSecond = read(second, 0, true);
        assertThat(ofSecond.status()).isEqualTo(Status.FOUND);
        assertThat(ofSecond.count()).isEqualTo(BATCH);
        assertThat(offsets).startsWith(0L, 1L, 2L).hasSize(BATCH);
    }

    @Test
    void queuesReadSideBySideSeldomWaitForTheDisk() {
        assertThat(waitsOfADrain()).isBetween(1, 3);
    }

    @Test
    void soTheyDoWhenTheIndexWasWrittenToRuns() throws IOException {
        for (int checkpoint = 0; checkpoint < 3; checkpoint++) {
            simulated.advance(Duration.ofSeconds(1));
            append(1);
        }
        assertThat(simulated.parts().queues.runCount()).isPositive();

        assertThat(waitsOfADrain()).isBetween(1, 8);
    }

    /** Reads both queues by turns to their ends, first in memory each time; returns how often that was not enough. */
    private int waitsOfADrain() {
        int waits = 0;
        long[] next = new long[2];
        IndexedQueue[] queues = {first, second};
        while (next[0] < first.maxOffset() || next[1] < second.maxOffset()) {
            for (int i = 0; i < 2; i++) {
                if (next[i] == queues[i].maxOffset()) {
                    continue;
                }
                offsets.clear();
                ReadOutcome outcome = read(queues[i], next[i], true);
                if (outcome.status() == Status.NEEDS_DISK) {
                    waits++;
                    outcome = read(queues[i], next[i], false);
                }
                assertThat(outcome.status()).isEqualTo(Status.FOUND);
                assertThat(offsets.get(0)).isEqualTo(next[i]);
                assertThat(outcome.nextOffset()).isEqualTo(next[i] + offsets.size());
                next[i] = outcome.nextOffset();
                ahead.forEach(Runnable::run);
                ahead.clear();
            }
        }
        return waits;
    }

    private ReadOutcome read(IndexedQueue queue, long offset, boolean memoryOnly) {
        return simulated
                .parts()
                .reader
                .read(
                        queue,
                        new ReadRequest(offset, BATCH, 1 << 20, 1_000, ReadRequest.RecordFilter.ALL, memoryOnly),
                        new RecordSink() {
                            @Override
                            public void accept(ByteBuffer record) {
                                offsets.add(MessageRecord.queueOffset(record, 0));
                            }

                            @Override
                            public void readAhead(Runnable load) {
                                ahead.add(load);
                            }
                        });
    }

    private void append(int messages) {
        for (int i = 0; i < messages; i++) {
            simulated.parts().appender.append(i % 2 == 0 ? first : second, Drafts.ofSize(200));
            if (i % BATCH == 0) {
                simulated.flush();
            }
        }
        simulated.flush();
    }
}
