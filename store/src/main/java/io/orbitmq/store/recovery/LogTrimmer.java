package io.orbitmq.store.recovery;

import io.orbitmq.store.segment.Segment;
import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;

/**
 * Removes old segments so that nothing that is still needed goes with them: never what a kept checkpoint would replay
 * or a table still needs, never the newest segment. Queues that become empty are first written down in a checkpoint,
 * because afterwards no record tells how far they had come. Called by one background thread; waits for the disk.
 */
public final class LogTrimmer {

    private final SegmentedLog log;
    private final Checkpointer checkpointer;
    private final Checkpointer.Derived derived;

    public LogTrimmer(SegmentedLog log, Checkpointer checkpointer, Checkpointer.Derived derived) {
        this.log = log;
        this.checkpointer = checkpointer;
        this.derived = derived;
    }

    /** Nothing before this is needed by a restart or a table. */
    public long removableBefore() {
        return Math.min(checkpointer.neededFrom(), derived.tables().followers().neededFrom());
    }

    /**
     * Removes the oldest segments that end at or before {@code position}, as far as they may be removed.
     *
     * @param mostSegments how many at most
     * @return how many were removed
     */
    public synchronized int removeBefore(long position, int mostSegments) throws IOException {
        long limit = Math.min(position, removableBefore());
        long newMin = log.minPosition();
        int removable = 0;
        for (Segment segment : log.segments()) {
            boolean newest = segment.endPosition() == log.limitPosition();
            if (newest || segment.endPosition() > limit || removable == mostSegments) {
                break;
            }
            newMin = segment.endPosition();
            removable++;
        }
        if (removable == 0) {
            return 0;
        }
        derived.queues().trim(newMin);
        derived.keys().trim(newMin);
        checkpointer.write(false);
        int removed = 0;
        while (removed < removable && log.removeOldest(newMin)) {
            removed++;
        }
        return removed;
    }
}
