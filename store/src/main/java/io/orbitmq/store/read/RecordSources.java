package io.orbitmq.store.read;

import io.orbitmq.store.segment.SegmentedLog;
import io.orbitmq.store.segment.TailWindow;
import java.util.concurrent.ArrayBlockingQueue;

/** Record sources kept for reuse; what is too many is left to the garbage collector. */
final class RecordSources {

    private static final int MAX_KEPT = 32;

    private final SegmentedLog log;
    private final TailWindow window;
    private final BlockCache cache;
    private final ArrayBlockingQueue<RecordSource> idle = new ArrayBlockingQueue<>(MAX_KEPT);

    RecordSources(SegmentedLog log, TailWindow window, BlockCache cache) {
        this.log = log;
        this.window = window;
        this.cache = cache;
    }

    RecordSource take() {
        RecordSource source = idle.poll();
        return source == null ? new RecordSource(log, window, cache) : source;
    }

    void giveBack(RecordSource source) {
        source.release();
        idle.offer(source);
    }
}
