package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class DeletedQueueTest {

    private final SimulatedStore store = new SimulatedStore(new SimulatedDisk(1), FlushMode.SYNC_FLUSH, 1 << 20);

    @Test
    void anAppendThatFoundItsQueueBeforeTheTopicWasDeletedGoesToTheNewOne() throws IOException {
        store.open();
        IndexedQueue old = store.queue("Topic", 0);
        for (int i = 0; i < 5; i++) {
            append(old, "old");
        }
        assertThat(store.store().deleteTopicQueues("Topic")).isInstanceOf(Appended.class);
        IndexedQueue created = store.queue("Topic", 0);
        append(created, "a");
        append(created, "b");

        assertThat(append(old, "late").queueOffset()).isEqualTo(2);

        append(created, "c");
        store.flush();
        assertThat(store.bodies(created)).containsExactly("a", "b", "late", "c");
        store.disk.crash();
        store.open();
        assertThat(store.bodies(store.queue("Topic", 0))).containsExactly("a", "b", "late", "c");
    }

    private Appended append(IndexedQueue queue, String text) {
        return (Appended) store.parts().appender.append(queue, Drafts.text(text));
    }
}
