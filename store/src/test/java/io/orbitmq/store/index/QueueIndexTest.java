package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.file.SystemDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueueIndexTest {

    @TempDir
    private Path directory;

    private QueueIndex index;

    @BeforeEach
    void openIndex() throws IOException {
        index = QueueIndex.open(new SystemDisk(), directory, 0, 0, 1 << 20);
    }

    @AfterEach
    void closeIndex() throws IOException {
        index.close();
    }

    @Test
    void createsAQueueOnceAndFindsIt() {
        assertThat(index.find("T", 3)).isEmpty();
        IndexedQueue queue = index.queue("T", 3);

        assertThat(index.queue("T", 3)).isSameAs(queue);
        assertThat(index.find("T", 3)).containsSame(queue);
        assertThat(index.queue("T", 1 << 30).queueId()).isEqualTo(1 << 30);
        assertThat(index.queueCount()).isEqualTo(2);
    }

    @Test
    void givesDenseIndexesAndReusesThoseOfForgottenQueues() {
        for (int i = 0; i < 10; i++) {
            index.queue("T" + i, 0);
        }
        index.forget("T4", 0);

        assertThat(index.find("T4", 0)).isEmpty();
        assertThat(index.queue("new", 0).index()).isEqualTo(4);
        assertThat(index.queue("newer", 0).index()).isEqualTo(10);
    }

    @Test
    void showsEntriesOnlyUpToTheVisibleEnd() throws IOException {
        IndexedQueue queue = index.queue("T", 0);
        add(queue, 0, 10);
        assertThat(offsets(queue, 0)).isEmpty();

        index.publish(queue, 7);

        assertThat(offsets(queue, 5)).containsExactly(5L, 6L);
        assertThat(queue.maxOffset()).isEqualTo(7);
        assertThat(queue.nextOffset()).isEqualTo(10);
    }

    @Test
    void ignoresRecordsThatAreDispatchedAgain() throws IOException {
        IndexedQueue queue = index.queue("T", 0);
        add(queue, 0, 5);
        add(queue, 2, 5);
        index.publish(queue, 5);

        assertThat(offsets(queue, 0)).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void beginsAtTheFirstOffsetTheLogKnows() throws IOException {
        IndexedQueue queue = index.queue("T", 0);
        add(queue, 500, 503);
        index.publish(queue, 503);

        assertThat(queue.minOffset()).isEqualTo(500);
        assertThat(offsets(queue, 0)).containsExactly(500L, 501L, 502L);
    }

    @Test
    void goesOnBehindAGap() throws IOException {
        IndexedQueue queue = index.queue("T", 0);
        add(queue, 0, 3);
        add(queue, 10, 12);
        index.publish(queue, 12);

        assertThat(offsets(queue, 1)).containsExactly(1L, 2L, 10L, 11L);
        assertThat(offsets(queue, 5)).containsExactly(10L, 11L);
    }

    @Test
    void startsAQueueAnewWhenItsOffsetsGoBackLaterInTheLog() throws IOException {
        IndexedQueue queue = index.queue("T", 0);
        add(queue, 0, 5);
        index.publish(queue, 5);
        index.add(queue, 0, 10_000, 9, 1);
        index.publish(queue, 1);

        assertThat(offsets(queue, 0)).containsExactly(0L);
        assertThat(queue.nextOffset()).isEqualTo(1);
    }

    @Test
    void dropsAdditionsToAForgottenQueue() throws IOException {
        IndexedQueue stale = index.queue("T", 0);
        index.forget("T", 0);
        add(stale, 0, 1);

        assertThat(stale.isForgotten()).isTrue();
        assertThat(stale.nextOffset()).isZero();
    }

    @Test
    void keepsTheEndOfAQueueWhoseMessagesAllExpired() throws IOException {
        IndexedQueue queue = index.queue("T", 0);
        add(queue, 0, 5);
        index.publish(queue, 5);
        index.trim(1_000_000);

        assertThat(queue.minOffset()).isEqualTo(5);
        assertThat(queue.maxOffset()).isEqualTo(5);
    }

    @Test
    void restoresTheEndOfAnEmptyQueue() {
        IndexedQueue queue = index.queue("T", 0);
        index.restoreEnd(queue, 42, 0);

        assertThat(List.of(queue.minOffset(), queue.maxOffset(), queue.nextOffset()))
                .containsOnly(42L);
    }

    private void add(IndexedQueue queue, long from, long to) {
        for (long offset = from; offset < to; offset++) {
            index.add(queue, offset, 100 + offset * 10, 10, offset);
        }
    }

    private List<Long> offsets(IndexedQueue queue, long from) throws IOException {
        List<Long> found = new ArrayList<>();
        try (EntryCursor cursor = index.entries(queue, from)) {
            while (cursor.next()) {
                assertThat(cursor.tagsCode()).isIn(cursor.offset(), 1L);
                found.add(cursor.offset());
            }
        }
        return found;
    }
}
