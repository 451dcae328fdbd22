package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.MessageStore.TimeBoundary;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Offsets by time, as protocol/05 section 5 has captured them. */
final class OffsetByTimeTest {

    private final SimulatedStore store = new SimulatedStore(new SimulatedDisk(1), FlushMode.SYNC_FLUSH, 1 << 14);

    @BeforeEach
    void openStore() throws IOException {
        store.open();
    }

    @Test
    void findsTheFirstAndTheLastOfEqualTimes() {
        long first = append();
        append();
        append();
        store.advance(Duration.ofMillis(100));
        append();
        store.advance(Duration.ofMillis(211));
        long last = append();

        assertThat(lower(first)).isZero();
        assertThat(upper(first)).isEqualTo(2);
        assertThat(lower(first + 1)).isEqualTo(3);
        assertThat(upper(first + 1)).isEqualTo(2);
        assertThat(lower(last)).isEqualTo(4);
        assertThat(lower(last + 1)).isEqualTo(5);
        assertThat(upper(last + 1)).isEqualTo(4);
        assertThat(lower(first - 1)).isZero();
        assertThat(upper(first - 1)).isZero();
        assertThat(lower(Long.MAX_VALUE)).isEqualTo(5);
        assertThat(upper(Long.MAX_VALUE)).isEqualTo(4);
    }

    @Test
    void agreesWithAWalkOverTheQueueInFilesAndInMemory() throws IOException {
        Random chance = new Random(3);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            times.add(append());
            store.advance(Duration.ofMillis(chance.nextInt(4)));
            if (i == 120) {
                store.store().close();
                store.open();
            }
        }
        for (long time = times.get(0) - 2; time < times.get(199) + 3; time++) {
            long older = older(times, time);
            long upTo = older(times, time + 1);
            assertThat(lower(time)).as("lower %d", time).isEqualTo(older);
            assertThat(upper(time)).as("upper %d", time).isEqualTo(Math.max(0, upTo - 1));
        }
    }

    @Test
    void searchesATrimmedQueueFromItsFirstMessageOn() throws IOException {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            times.add(append());
            store.advance(Duration.ofMillis(i % 3));
        }
        store.advance(Duration.ofSeconds(11));
        assertThat(store.parts().trimmer.removeBefore(Long.MAX_VALUE, 2)).isPositive();
        int min = (int) queue().minOffset();
        assertThat(min).isBetween(1, 400);
        long first = times.get(min);

        assertThat(lower(0)).isEqualTo(min);
        assertThat(lower(times.get(0))).isEqualTo(min);
        assertThat(lower(first - 1)).isEqualTo(min);
        assertThat(lower(first)).isEqualTo(min);
        assertThat(upper(times.get(0))).isZero();
        assertThat(upper(times.get(min - 1) - 1)).isZero();
        for (long time = first; time < times.get(499) + 3; time++) {
            assertThat(lower(time)).as("lower %d", time).isEqualTo(Math.max(min, older(times, time)));
            assertThat(upper(time)).as("upper %d", time).isEqualTo(older(times, time + 1) - 1);
        }
    }

    @Test
    void aQueueWhoseMessagesAreAllGoneHasOnlyItsEnd() throws IOException {
        long time = append();
        append();
        for (int i = 0; i < 300; i++) {
            store.parts().appender.append(store.queue("TopicB", 0), Drafts.text("x"));
            store.flush();
            store.advance(Duration.ofMillis(1));
        }
        store.advance(Duration.ofSeconds(11));
        assertThat(store.parts().trimmer.removeBefore(Long.MAX_VALUE, 1)).isEqualTo(1);
        assertThat(queue().minOffset()).isEqualTo(2);

        for (long each : new long[] {0, time - 1, time, time + 1, Long.MAX_VALUE}) {
            assertThat(lower(each)).as("lower %d", each).isEqualTo(2);
            assertThat(upper(each)).as("upper %d", each).isEqualTo(1);
        }
    }

    private static long older(List<Long> times, long time) {
        return times.stream().filter(each -> each < time).count();
    }

    private long append() {
        Appended appended = (Appended) store.parts().appender.append(queue(), Drafts.text("x"));
        store.flush();
        return appended.storeTimestamp();
    }

    private long lower(long time) {
        return store.parts().reader.offsetByTime(queue(), time, TimeBoundary.LOWER);
    }

    private long upper(long time) {
        return store.parts().reader.offsetByTime(queue(), time, TimeBoundary.UPPER);
    }

    private IndexedQueue queue() {
        return store.queue("TopicA", 0);
    }
}
