package io.orbitmq.store.read;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import io.orbitmq.store.segment.CorruptLogException;
import io.orbitmq.store.segment.SegmentedLog;
import io.orbitmq.store.segment.TailReader;
import io.orbitmq.store.segment.TailWindow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Gets records by position: without a copy from the tail window while they are recent or from the block cache, else from
 * the segments. {@link #find} or one of the loads first, then {@link #record}. One instance belongs to one read at a
 * time; {@link RecordSources} keeps them for reuse.
 */
final class RecordSource {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final long NOTHING_READ = -1;
    private static final int FIRST_BUFFER_BYTES = 16 << 10;
    /** What is read along with a record that has no neighbours among the wanted ones. */
    private static final int LONELY_BYTES = 16 << 10;
    /** A larger buffer is not kept after the read that needed it. */
    private static final int MAX_KEPT_BYTES = 1 << 20;

    private final SegmentedLog log;
    private final TailReader tail;
    private final BlockCache cache;
    private final BlockReader blocks;
    private ByteBuffer loaded = NOTHING;
    private long loadedPosition = Long.MAX_VALUE;
    private ByteBuffer found = NOTHING;
    private long foundPosition;
    private long readEnd = NOTHING_READ;
    private boolean foundOnDisk;

    RecordSource(SegmentedLog log, TailWindow window, BlockCache cache) {
        this.log = log;
        this.tail = new TailReader(window);
        this.cache = cache;
        this.blocks = new BlockReader(cache);
    }

    /** Finds the record in memory. */
    boolean find(long position, int sizeBytes) {
        foundPosition = position;
        foundOnDisk = !tail.locate(position, sizeBytes);
        ByteBuffer bytes = foundOnDisk ? findOnDisk(position, sizeBytes) : tail.record(position, sizeBytes);
        if (bytes == null) {
            return false;
        }
        found = bytes;
        readEnd = position + sizeBytes;
        return true;
    }

    /**
     * The record that was found; valid until the next call. What came from the disk is checked.
     *
     * @throws IOException when the disk's bytes are not what was written
     */
    ByteBuffer record() throws IOException {
        if (foundOnDisk) {
            RecordVerdict verdict = MessageRecord.verify(found, 0, foundPosition);
            if (verdict != RecordVerdict.WHOLE) {
                throw new CorruptLogException("The record of " + found.limit() + " bytes at log position "
                        + foundPosition + " ("
                        + log.segmentAt(foundPosition).map(Object::toString).orElse("segment removed")
                        + ") is damaged: " + verdict + ". Check the disk; restore the file from a backup or a replica,"
                        + " or move the consumers' offsets past the message.");
            }
        }
        return found;
    }

    /** Finds exactly these bytes in memory or reads them from the segments, for one look; false at the end of the log. */
    boolean load(long position, int sizeBytes) throws IOException {
        return find(position, sizeBytes) || read(position, sizeBytes, sizeBytes);
    }

    /**
     * Reads a record that is not in memory by whole blocks into the cache, where the next records of the queue and its
     * neighbours will be found. Records too large for a block, and those far behind the previous one, are read alone, so that
     * they drive nothing out of the cache.
     *
     * @return false when retention has removed the record meanwhile
     */
    boolean loadAhead(long position, int sizeBytes) throws IOException {
        boolean lonely = readEnd != NOTHING_READ && position >= cache.blockEnd(readEnd) + cache.blockBytes();
        if (sizeBytes <= cache.blockBytes() && !lonely) {
            blocks.release();
            cache.load(position, sizeBytes);
        }
        if (find(position, sizeBytes) || read(position, sizeBytes, Math.max(sizeBytes, LONELY_BYTES))) {
            return true;
        }
        if (position >= log.minPosition()) {
            throw new IOException("The index names a record of " + sizeBytes + " bytes at log position " + position
                    + ", the log has only " + loaded.limit() + " there.");
        }
        return false;
    }

    /** The position to call {@link BlockCache#loadAhead} with now that records were found in memory; -1 for none. */
    long claimAhead() {
        LogBlock block = blocks.block();
        return block != null && cache.claimAhead(block) ? block.start() : -1;
    }

    /** The whole record that starts at {@code position}, checked; empty when none does. A copy. */
    Optional<ByteBuffer> at(long position, long endPosition) throws IOException {
        if (position < 0
                || endPosition - position < MessageRecord.SMALLEST
                || !load(position, MessageRecord.SMALLEST)) {
            return Optional.empty();
        }
        int size = MessageRecord.totalSize(found, 0);
        if (size < MessageRecord.SMALLEST
                || size > endPosition - position
                || size > log.segmentSizeBytes()
                || !load(position, size)
                || MessageRecord.verify(found, 0, position) != RecordVerdict.WHOLE) {
            return Optional.empty();
        }
        return Optional.of(ByteBuffer.allocate(size).put(found).flip());
    }

    void release() {
        tail.release();
        blocks.release();
        found = NOTHING;
        loaded.limit(0);
        loadedPosition = Long.MAX_VALUE;
        readEnd = NOTHING_READ;
        if (loaded.capacity() > MAX_KEPT_BYTES) {
            loaded = NOTHING;
        }
    }

    private boolean read(long position, int leastBytes, int mostBytes) throws IOException {
        if (loaded.capacity() < mostBytes) {
            loaded = ByteBuffer.allocateDirect(Math.max(mostBytes, FIRST_BUFFER_BYTES));
        }
        loaded.clear().limit(mostBytes);
        loadedPosition = position;
        int read = readSegment(position);
        loaded.position(0).limit(read);
        return find(position, leastBytes);
    }

    /** Fills {@link #loaded}; 0 bytes when the segment was removed, before or while it was read. */
    private int readSegment(long position) throws IOException {
        try {
            return log.read(position, loaded);
        } catch (IOException e) {
            if (position < log.minPosition()) {
                return 0;
            }
            throw e;
        }
    }

    /** What was read from the disk lately, by anybody or for this read; null when it was not. */
    private ByteBuffer findOnDisk(long position, int sizeBytes) {
        ByteBuffer cached = blocks.find(position, sizeBytes);
        if (cached != null) {
            return cached;
        }
        boolean isLoaded = position >= loadedPosition && position - loadedPosition + sizeBytes <= loaded.limit();
        return isLoaded ? loaded.slice((int) (position - loadedPosition), sizeBytes) : null;
    }
}
