package io.orbitmq.broker.delay;

import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.Settlement;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The oldest log position that a message still waits at: what retention must keep. Looks at one index entry per queue
 * with waiting messages; may wait for the disk. Any thread.
 */
final class NeededPosition implements LongSupplier {

    private final DelayTable table;
    private final MessageStore store;

    NeededPosition(DelayTable table, MessageStore store) {
        this.table = table;
        this.store = store;
    }

    @Override
    public long getAsLong() {
        return Math.min(
                oldest(Settlement.DELAY_LEVEL, Names.SCHEDULE_TOPIC), oldest(Settlement.TIMER, Names.TIMER_TOPIC));
    }

    private long oldest(int kind, String topic) {
        long oldest = Long.MAX_VALUE;
        for (int queueId : table.queuesWithWaiting(kind)) {
            Optional<LogQueue> queue = store.findQueue(topic, queueId);
            if (queue.isPresent()) {
                First first = new First();
                // messages that are not visible yet are newer than any that retention looks at
                store.scan(queue.get(), table.settledBelow(kind, queueId), first);
                oldest = Math.min(oldest, first.position);
            }
        }
        return oldest;
    }

    private static final class First implements MessageStore.EntrySink {

        private long position = Long.MAX_VALUE;

        @Override
        public boolean accept(long offset, long found, int sizeBytes, long code) {
            position = found;
            return false;
        }
    }
}
