package io.orbitmq.broker.delay;

import io.orbitmq.broker.delay.Delivery.Result;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.Settlement;
import java.util.Optional;

/**
 * Messages due far away. When one reaches the lane's age it is appended again, to the bucket of its time or, if that is
 * still far, to the lane for the present retention; so the old segments of the log are never needed for long. One thread.
 */
final class RollLane extends FifoLane {

    private final long ageMs;
    private final int nextLane;
    private final DelayCounts counts;
    private long headPosition = -1;
    private long headStoreMs;

    /**
     * @param queueId of this lane
     * @param nextLane where messages wait that are still far
     */
    RollLane(int queueId, int nextLane, LaneParts parts, DelayCounts counts) {
        super(Settlement.TIMER, Names.TIMER_TOPIC, queueId, parts);
        this.ageMs = TimerQueues.ageMs(queueId);
        this.nextLane = nextLane;
        this.counts = counts;
    }

    @Override
    long dueMs(Place place, long code, long nowMs) {
        if (place.position() != headPosition) {
            headStoreMs = parts().delivery()
                    .read(place)
                    .map(DelayedRecord::storeTimestamp)
                    .orElse(nowMs - ageMs);
            headPosition = place.position();
        }
        return headStoreMs + ageMs;
    }

    @Override
    Result settle(Place place, long nowMs) {
        Optional<DelayedRecord> found = parts().delivery().read(place);
        if (found.isEmpty()) {
            return parts().delivery().missing(place);
        }
        DelayedRecord record = found.get();
        if (parts().delivery().isRecalled(place, record)) {
            return parts().delivery().dropRecalled(place);
        }
        boolean far = record.dueMs() - nowMs > TimerQueues.ageMs(nextLane);
        int queueId = far ? nextLane : TimerQueues.queueIdOf(TimerQueues.bucketOf(record.dueMs()));
        LogQueue queue = parts().store().queue(Names.TIMER_TOPIC, queueId);
        Result result = parts().delivery().append(queue, record.rolled(place.settlement()), place);
        if (result == Result.SETTLED) {
            counts.rolled.increment();
        }
        return result;
    }
}
