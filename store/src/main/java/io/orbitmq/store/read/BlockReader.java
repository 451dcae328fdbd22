package io.orbitmq.store.read;

import java.nio.ByteBuffer;

/**
 * Reads records out of the block cache, without copying unless a record lies in two blocks. Keeps the block of the last
 * record pinned, so that neighbours cost nothing; {@link #release} when done. One thread at a time.
 */
final class BlockReader {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final BlockCache cache;
    private LogBlock pinned;
    private ByteBuffer view = NOTHING;
    private ByteBuffer joined = NOTHING;

    BlockReader(BlockCache cache) {
        this.cache = cache;
    }

    /** The bytes, from index 0, valid until the next call of this object; null when they are not all in the cache. */
    ByteBuffer find(long position, int sizeBytes) {
        if (pinned != null && pinned.holds(position, sizeBytes)) {
            return piece(position, sizeBytes);
        }
        if (position + sizeBytes > cache.blockEnd(position)) {
            return sizeBytes > cache.blockBytes() ? null : join(position, sizeBytes);
        }
        return turnTo(position, sizeBytes) ? piece(position, sizeBytes) : null;
    }

    /** The block of the last record; null when there is none. */
    LogBlock block() {
        return pinned;
    }

    void release() {
        if (pinned != null) {
            pinned.unpin();
            pinned = null;
            view = NOTHING;
        }
    }

    private ByteBuffer join(long position, int sizeBytes) {
        if (joined.capacity() < sizeBytes) {
            joined = ByteBuffer.allocate(sizeBytes);
        }
        joined.clear();
        long boundary = cache.blockEnd(position);
        int first = (int) (boundary - position);
        if (!turnTo(position, first)) {
            return null;
        }
        joined.put(piece(position, first));
        if (!turnTo(boundary, sizeBytes - first)) {
            return null;
        }
        joined.put(piece(boundary, sizeBytes - first));
        return joined.slice(0, sizeBytes);
    }

    private boolean turnTo(long position, int sizeBytes) {
        release();
        pinned = cache.pin(position, sizeBytes);
        if (pinned == null) {
            return false;
        }
        view = pinned.view();
        return true;
    }

    private ByteBuffer piece(long position, int sizeBytes) {
        return view.slice((int) (position - pinned.start()), sizeBytes);
    }
}
