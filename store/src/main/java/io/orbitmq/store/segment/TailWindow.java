package io.orbitmq.store.segment;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The newest bytes of the log in memory: a ring of chunks. Records are encoded into it, written to the file from it, and
 * read from it while they are recent. A record lies in one chunk; one larger than a chunk gets a buffer of its own, on the
 * heap, of which no more is kept than the chunks take.
 *
 * <p>Threads: the appender moves {@link #current}, under the append lock; the writer walks behind it under its lock;
 * readers pin.
 */
public final class TailWindow {

    private final TailChunk[] ring;
    private final ByteBuffer[] memory;
    private final int chunkBytes;
    private final long maxOwnBytes;
    private long ownBytes;

    /** How many chunks were begun so far; the current one is number begun - 1. */
    private volatile long begun;

    /**
     * @param chunkBytes size of a chunk
     * @param chunks how many there are, at least 2
     */
    public TailWindow(int chunkBytes, int chunks) {
        if (chunks < 2) {
            throw new IllegalArgumentException("a tail window needs at least 2 chunks, found " + chunks);
        }
        this.chunkBytes = chunkBytes;
        this.maxOwnBytes = (long) chunkBytes * chunks;
        this.ring = new TailChunk[chunks];
        this.memory = new ByteBuffer[chunks];
    }

    TailChunk current() {
        return ring[(int) ((begun - 1) % ring.length)];
    }

    long begun() {
        return begun;
    }

    TailChunk chunk(long number) {
        return ring[(int) (number % ring.length)];
    }

    /** Number of the chunk that {@link #begin} takes over; negative while the window is not full. */
    long oldestNumber() {
        return begun - ring.length;
    }

    /** Starts a chunk at {@code position}; the writer must be done with {@link #oldestNumber}. */
    void begin(Segment segment, long position, int leastBytes) {
        int slot = (int) (begun % ring.length);
        TailChunk chunk = ring[slot];
        ownBytes -= chunk == null ? 0 : ownBytes(chunk);
        if (chunk == null || !chunk.retire()) {
            // a reader still looks at the old bytes: it keeps the old chunk, the garbage collector takes it later
            memory[slot] = ByteBuffer.allocateDirect(chunkBytes);
            chunk = new TailChunk();
        }
        chunk.begin(segment, position, leastBytes > chunkBytes ? ByteBuffer.allocate(leastBytes) : memory[slot]);
        ownBytes += ownBytes(chunk);
        ring[slot] = chunk;
        begun = begun + 1;
    }

    /** Whether a record of so many bytes would need more memory of its own than may be kept. */
    boolean isShortOfMemory(int leastBytes) {
        return leastBytes > chunkBytes && ownBytes + leastBytes > maxOwnBytes;
    }

    /** Forgets the large records that the writer is done with, that is all before {@code number}, unless they are pinned. */
    void forgetLarge(long number) {
        for (long each = Math.max(0, oldestNumber()); each < number; each++) {
            TailChunk chunk = chunk(each);
            long bytes = ownBytes(chunk);
            if (bytes > 0 && chunk.retire()) {
                chunk.forget();
                ownBytes -= bytes;
            }
        }
    }

    /** Memory of large records that is kept, in bytes; what is only pinned does not count. */
    long ownBytes() {
        return ownBytes;
    }

    private long ownBytes(TailChunk chunk) {
        return chunk.capacity() > chunkBytes ? chunk.capacity() : 0;
    }

    /** Where the oldest bytes begin that are in memory; {@link Long#MAX_VALUE} when none are. Any thread. */
    public long startPosition() {
        long count = begun;
        return count == 0
                ? Long.MAX_VALUE
                : chunk(Math.max(0, count - ring.length)).start();
    }

    /** Pins the chunk that holds [position, position + sizeBytes); empty when it is not in memory any more. */
    Optional<TailChunk> pin(long position, int sizeBytes) {
        long newest = begun - 1;
        if (isGone(position, newest)) {
            return Optional.empty();
        }
        for (long number = newest; number >= 0 && number > newest - ring.length; number--) {
            TailChunk chunk = chunk(number);
            if (holds(chunk, position, sizeBytes) && chunk.pin()) {
                if (holds(chunk, position, sizeBytes)) {
                    return Optional.of(chunk);
                }
                chunk.unpin();
            }
        }
        return Optional.empty();
    }

    /** Spares who reads old messages the walk through the ring. */
    private boolean isGone(long position, long newest) {
        if (newest < 0) {
            return true;
        }
        long start = startPosition();
        // the oldest chunk may just have become the newest: then nothing is known
        return position < start && start <= chunk(newest).start();
    }

    private static boolean holds(TailChunk chunk, long position, int sizeBytes) {
        return position >= chunk.start() && position + sizeBytes <= chunk.end();
    }
}
