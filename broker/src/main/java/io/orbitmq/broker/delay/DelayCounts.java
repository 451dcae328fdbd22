package io.orbitmq.broker.delay;

import java.util.concurrent.atomic.LongAdder;

/** What happened to delayed messages since the start. Any thread. */
final class DelayCounts {

    final LongAdder delivered = new LongAdder();
    final LongAdder rolled = new LongAdder();
    final LongAdder recalled = new LongAdder();
    /** Never to be delivered: topic or record gone, or not storable. */
    final LongAdder dropped = new LongAdder();
    /** Attempts that the store refused; repeated until they succeed. */
    final LongAdder refused = new LongAdder();
}
