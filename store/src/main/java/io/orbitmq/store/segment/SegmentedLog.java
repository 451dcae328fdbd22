package io.orbitmq.store.segment;

import io.orbitmq.foundation.file.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The log as one space of byte positions over files of equal size. Reading may be done by any thread at any time; who
 * reads a segment while retention removes it gets an {@link IOException}. Adding and removing segments is serialised
 * inside.
 */
public final class SegmentedLog implements AutoCloseable {

    private static final int REWRITE_BYTES = 1 << 20;

    private final SegmentDirectory directory;
    private volatile Segment[] segments;
    /** No longer of the log, but its file may still be there; empty when there is none. */
    private List<Segment> leaving = List.of();

    private SegmentedLog(SegmentDirectory directory, List<Segment> segments) {
        this.directory = directory;
        this.segments = segments.toArray(new Segment[0]);
    }

    /** Opens the files in {@code directory}, or an empty log that starts at 0. */
    public static SegmentedLog open(Disk disk, Path directory, long segmentSizeBytes) throws IOException {
        SegmentDirectory files = new SegmentDirectory(disk, directory, segmentSizeBytes);
        return new SegmentedLog(files, files.openAll());
    }

    public Path directory() {
        return directory.directory();
    }

    public long segmentSizeBytes() {
        return directory.segmentSizeBytes();
    }

    /** Space of the partition that the files are on. */
    Disk.Space space() throws IOException {
        return directory.space();
    }

    /** First byte of the oldest segment; 0 when there is none. */
    public long minPosition() {
        Segment[] all = segments;
        return all.length == 0 ? 0 : all[0].startPosition();
    }

    /** End of the newest segment, written or not; 0 when there is none. */
    public long limitPosition() {
        Segment[] all = segments;
        return all.length == 0 ? 0 : all[all.length - 1].endPosition();
    }

    /** Oldest first. */
    public List<Segment> segments() {
        return List.of(segments);
    }

    public Optional<Segment> segmentAt(long position) {
        Segment[] all = segments;
        if (all.length == 0 || position < all[0].startPosition()) {
            return Optional.empty();
        }
        long index = (position - all[0].startPosition()) / segmentSizeBytes();
        return index < all.length ? Optional.of(all[(int) index]) : Optional.empty();
    }

    /** Reads until {@code target} is full or the segment that holds {@code position} ends; 0 when there is none. */
    public int read(long position, ByteBuffer target) throws IOException {
        Optional<Segment> segment = segmentAt(position);
        return segment.isPresent() ? segment.get().read(position, target) : 0;
    }

    /** The segment that starts where the newest ends, created durably if need be, so that {@code position} is in one. */
    synchronized Segment ensureSegmentAt(long position) throws IOException {
        Optional<Segment> existing = segmentAt(position);
        if (existing.isPresent()) {
            return existing.get();
        }
        if (position != limitPosition()) {
            throw new IllegalArgumentException(
                    "segments are created in order: expected position " + limitPosition() + ", found " + position);
        }
        Segment created = directory.create(position);
        Segment[] longer = Arrays.copyOf(segments, segments.length + 1);
        longer[segments.length] = created;
        segments = longer;
        return created;
    }

    /** Forces the segments that hold bytes of [from, to), oldest first. */
    public void force(long from, long to) throws IOException {
        long at = from;
        while (at < to) {
            Segment segment = segmentAt(at).orElseThrow();
            segment.force();
            at = segment.endPosition();
        }
    }

    /**
     * Writes [from, to) over itself, to be forced then. After a failed force of an earlier life the kernel may show bytes that
     * never reached the disk and believe they are clean; only writing them again makes forcing mean something.
     */
    public void rewrite(long from, long to) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(REWRITE_BYTES, Math.max(0, to - from)));
        long at = from;
        while (at < to) {
            Segment segment = segmentAt(at).orElseThrow();
            piece.clear().limit((int) Math.min(REWRITE_BYTES, Math.min(to, segment.endPosition()) - at));
            int read = segment.read(at, piece);
            segment.write(at, piece.flip());
            at += read;
        }
    }

    /**
     * Ends the log at {@code endPosition}: later segments are removed, newest first, and the rest of the last one reads
     * as zeros. Durable when it returns. Only while nobody appends.
     */
    public synchronized void truncate(long endPosition) throws IOException {
        List<Segment> kept = new ArrayList<>();
        List<Segment> removed = new ArrayList<>();
        for (Segment segment : segments) {
            (segment.startPosition() > endPosition ? removed : kept).add(segment);
        }
        Collections.reverse(removed);
        segments = kept.toArray(new Segment[0]);
        directory.delete(removed);
        // nor may one come back whose creation failed: only the last file may be found short
        directory.force();
        Optional<Segment> last = segmentAt(endPosition);
        if (last.isPresent()) {
            last.get().zeroFrom(endPosition);
        }
    }

    /**
     * Removes the oldest segment if it ends at or before {@code limitPosition} and is not the only one.
     *
     * @return whether one was removed
     * @throws IOException when its file stays; the next call begins with that file, so that no gap can come about
     */
    public synchronized boolean removeOldest(long limitPosition) throws IOException {
        deleteLeaving();
        Segment[] all = segments;
        if (all.length < 2 || all[0].endPosition() > limitPosition) {
            return false;
        }
        segments = Arrays.copyOfRange(all, 1, all.length);
        leaving = List.of(all[0]);
        deleteLeaving();
        return true;
    }

    private void deleteLeaving() throws IOException {
        directory.delete(leaving);
        leaving = List.of();
    }

    @Override
    public synchronized void close() throws IOException {
        for (Segment segment : segments) {
            segment.close();
        }
    }
}
