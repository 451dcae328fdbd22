package io.orbitmq.store.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What the queues of one topic share, and the queues themselves in an open-addressed table by queue id. Lookups need no
 * lock; the table is changed only by {@link QueueRegistry} under its lock.
 */
final class IndexedTopic {

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(IndexedQueue[].class);

    private static final byte[] NONE = {};

    private final String name;
    /** Empty for a name that the queues have inline. */
    private final byte[] longName;

    private final int number;
    private volatile IndexedQueue[] table = new IndexedQueue[4];
    private int queueCount;
    private boolean journaled;

    IndexedTopic(String name, int number) {
        this.name = name;
        this.longName = InlineName.isInline(name) ? NONE : name.getBytes(StandardCharsets.UTF_8);
        this.number = number;
    }

    String name() {
        return name;
    }

    byte[] utf8() {
        return longName.length > 0 ? longName : name.getBytes(StandardCharsets.UTF_8);
    }

    byte[] longName() {
        return longName;
    }

    int number() {
        return number;
    }

    boolean isJournaled() {
        return journaled;
    }

    void setJournaled(boolean journaled) {
        this.journaled = journaled;
    }

    /** The queue, or null when the topic has no such queue (inside the package only). */
    IndexedQueue find(int queueId) {
        IndexedQueue[] slots = table;
        int mask = slots.length - 1;
        for (int at = queueId & mask; ; at = at + 1 & mask) {
            IndexedQueue queue = (IndexedQueue) SLOTS.getAcquire(slots, at);
            if (queue == null || queue.queueId() == queueId) {
                return queue;
            }
        }
    }

    void put(IndexedQueue queue) {
        IndexedQueue[] slots = table;
        if (++queueCount * 4 > slots.length * 3) {
            IndexedQueue[] larger = new IndexedQueue[slots.length * 2];
            forEach(each -> insert(larger, each));
            insert(larger, queue);
            table = larger;
        } else {
            insert(slots, queue);
        }
    }

    void forEach(Consumer<IndexedQueue> action) {
        for (IndexedQueue queue : table) {
            if (queue != null) {
                action.accept(queue);
            }
        }
    }

    private static void insert(IndexedQueue[] slots, IndexedQueue queue) {
        int mask = slots.length - 1;
        int at = queue.queueId() & mask;
        while (slots[at] != null) {
            at = at + 1 & mask;
        }
        SLOTS.setRelease(slots, at, queue);
    }
}
