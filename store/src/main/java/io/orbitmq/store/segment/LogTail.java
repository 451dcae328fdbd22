package io.orbitmq.store.segment;

import io.orbitmq.protocol.message.BlankRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The end of the log, where records are placed. A record never spans two segments: when it does not fit with 8 bytes to
 * spare, a blank record closes the segment (protocol/05 section 2).
 *
 * <p>Use, under the store's append lock: {@link #reserve} all the bytes that must be contiguous; then per record {@link
 * #room}, encode, {@link #commit}. After a failing {@code reserve} the log can go on.
 */
public final class LogTail {

    private final SegmentedLog log;
    private final TailWindow window;
    private final SpaceAhead space;
    private final LogWriter writer;
    private Segment segment;
    private TailChunk chunk;
    private final AtomicLong end;

    /** Goes on at {@code endPosition}, which {@code space} and {@code writer} were made with too. */
    public LogTail(SegmentedLog log, TailWindow window, SpaceAhead space, LogWriter writer, long endPosition) {
        this.log = log;
        this.window = window;
        this.space = space;
        this.writer = writer;
        this.end = new AtomicLong(endPosition);
        this.segment = log.segmentAt(endPosition).orElse(null);
    }

    /** Where the log is. */
    public Path directory() {
        return log.directory();
    }

    /** End of the last whole record. Any thread. */
    public long endPosition() {
        return end.getAcquire();
    }

    /** The longest run of bytes {@link #reserve} can give. */
    public long maxContiguousBytes() {
        return log.segmentSizeBytes() - BlankRecord.BYTES;
    }

    /** Whether room ahead is running out and {@link SpaceAhead#runAhead} should be called soon. */
    public boolean isSpaceShort() {
        return space.isShort(endPosition());
    }

    /**
     * Makes sure that {@code totalBytes} fit behind each other in one segment whose space the disk has given.
     *
     * @throws NoRoomException when the disk gives no space; the log is as before but perhaps for a blank record
     * @throws IOException when the disk fails, at making room or at writing bytes placed earlier: the log is in doubt
     */
    public void reserve(long totalBytes) throws IOException {
        long at = end.getPlain();
        if (segment == null || at == segment.endPosition()) {
            segment = space.ensureSegmentAt(at);
        }
        if (at + totalBytes + BlankRecord.BYTES <= segment.endPosition()) {
            space.ensure(at + totalBytes);
            return;
        }
        space.ensure(segment.endPosition());
        roll(space.ensureSegmentAt(segment.endPosition()));
        space.ensure(end.getPlain() + totalBytes);
    }

    /** Memory for the next record, to be filled from its position on. */
    public ByteBuffer room(int sizeBytes) throws IOException {
        long at = end.getPlain();
        if (chunk == null || chunk.remaining() < sizeBytes) {
            beginChunk(at, sizeBytes);
        }
        return chunk.appendView(at, sizeBytes);
    }

    /** The record in the {@link #room} given last is whole: the writer may take it. */
    public void commit(int sizeBytes) {
        long position = end.getPlain() + sizeBytes;
        chunk.extendTo(position);
        end.setRelease(position);
    }

    private void roll(Segment next) throws IOException {
        long at = end.getPlain();
        BlankRecord.write(room(BlankRecord.BYTES), (int) (segment.endPosition() - at));
        chunk.extendTo(at + BlankRecord.BYTES);
        beginChunk(next.startPosition(), 0);
        segment = next;
        end.setRelease(next.startPosition());
    }

    private void beginChunk(long position, int sizeBytes) throws IOException {
        if (!writer.isDoneWith(window.oldestNumber())) {
            writer.writeStaged();
        }
        if (window.isShortOfMemory(sizeBytes)) {
            writer.writeStaged();
            window.forgetLarge(writer.chunkNumber());
        }
        window.begin(log.segmentAt(position).orElseThrow(), position, sizeBytes);
        chunk = window.current();
    }
}
