package io.orbitmq.store.retention;

import io.orbitmq.foundation.file.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What {@link LogCleaner} needs of the store. Called on the background scheduler's thread, or by an admin request. */
public interface RetainedLog {

    /** Where the log is, for the operator. */
    Path directory();

    /**
     * The segments, oldest first, with the time no message in them is younger than: the store time of the first message
     * behind the segment. At most {@code limit} of the oldest, and always the newest.
     */
    List<RetentionRule.Candidate> oldestSegments(int limit) throws IOException;

    /** Everything before is in the checkpoint and the indexes' files; never beyond what is durable. */
    long releasablePosition();

    Disk.Space space() throws IOException;

    /**
     * Removes the segments before {@code position}, a segment's beginning: first keeps the ends of queues that become
     * empty, then removes and closes the files, then moves the indexes' beginnings. Their space is free afterwards.
     *
     * @return how many were removed; fewer when one may not go
     */
    int removeBefore(long position) throws IOException;

    /** Refuses appends with this sentence until {@link #takeAppends}. */
    void refuseAppends(String text);

    void takeAppends();

    boolean isRefusingAppends();
}
