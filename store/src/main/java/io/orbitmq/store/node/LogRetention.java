package io.orbitmq.store.node;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.retention.RetainedLog;
import io.orbitmq.store.retention.RetentionRule.Candidate;
import io.orbitmq.store.segment.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The open store as retention sees it. */
final class LogRetention implements RetainedLog {

    private static final int MOST_SEGMENTS = 1000;
    /** Bytes of a record up to its store time, with an IPv6 host. */
    private static final int HEAD_BYTES = 96;

    private final StoreParts parts;
    private final Disk disk;

    LogRetention(StoreParts parts, Disk disk) {
        this.parts = parts;
        this.disk = disk;
    }

    @Override
    public Path directory() {
        return parts.log.directory();
    }

    @Override
    public List<Candidate> oldestSegments(int limit) throws IOException {
        List<Segment> segments = parts.log.segments();
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < segments.size() && i < limit; i++) {
            candidates.add(candidate(segments.get(i)));
        }
        if (segments.size() > limit) {
            candidates.add(candidate(segments.get(segments.size() - 1)));
        }
        return candidates;
    }

    @Override
    public long releasablePosition() {
        return parts.trimmer.removableBefore();
    }

    @Override
    public Disk.Space space() throws IOException {
        return disk.space(parts.log.directory());
    }

    @Override
    public int removeBefore(long position) throws IOException {
        return parts.trimmer.removeBefore(position, MOST_SEGMENTS);
    }

    @Override
    public void refuseAppends(String text) {
        parts.admission.refuseForDisk(text);
    }

    @Override
    public void takeAppends() {
        parts.admission.allowDisk();
    }

    @Override
    public boolean isRefusingAppends() {
        return parts.admission.isRefusingForDisk();
    }

    /** Store times never go back, so no message in a segment is younger than the first one behind it. */
    private Candidate candidate(Segment segment) throws IOException {
        long behind = segment.endPosition();
        long newest = Long.MAX_VALUE;
        if (behind < parts.flusher.durablePosition()) {
            ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
            if (parts.log.read(behind, head) == HEAD_BYTES) {
                newest = MessageRecord.storeTimestamp(head.flip(), 0);
            }
        }
        return new Candidate(segment.startPosition(), behind, newest);
    }
}
