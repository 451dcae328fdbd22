package io.orbitmq.store.index;

import io.orbitmq.store.LogQueue;
import java.util.List;

/**
 * Looks at what {@link QueueIndex#add} will need of several queues before the first of them gets a message: at all queues,
 * then at all places in the memtable. With very many queues each look waits for memory, and these waits overlap here, as
 * they do not from one append to the next. Under the append lock.
 */
public final class ComingAppends {

    private final QueueIndex index;

    public ComingAppends(QueueIndex index) {
        this.index = index;
    }

    /**
     * Messages for these queues will come soon, or not.
     *
     * @return what was seen there, without meaning
     */
    public int look(List<LogQueue> queues) {
        int seen = 0;
        for (LogQueue queue : queues) {
            seen += ((IndexedQueue) queue).look();
        }
        return seen + index.view().active().look(queues);
    }
}
