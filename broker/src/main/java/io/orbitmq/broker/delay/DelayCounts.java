package io.orbitmq.broker.delay;

import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.store.Settlement;
import java.util.concurrent.atomic.LongAdder;

/** What happened to delayed messages since the start. Any thread. */
final class DelayCounts {

    private final TrafficRecorder traffic;

    final LongAdder delivered = new LongAdder();
    final LongAdder rolled = new LongAdder();
    final LongAdder recalled = new LongAdder();
    /** Never to be delivered: topic or record gone, or not storable. */
    final LongAdder dropped = new LongAdder();
    /** Attempts that the store refused; repeated until they succeed. */
    final LongAdder refused = new LongAdder();

    DelayCounts(TrafficRecorder traffic) {
        this.traffic = traffic;
    }

    /** A message began to wait for its time; one whose time is far does so more than once. */
    void timed() {
        traffic.timerEntered();
    }

    /** A message that waited as {@code kind} was delivered. */
    void delivered(int kind) {
        delivered.increment();
        if (kind == Settlement.TIMER) {
            traffic.timerLeft();
        }
    }
}
