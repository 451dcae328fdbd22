package io.orbitmq.store.segment;

import java.nio.ByteBuffer;

/**
 * Reads records out of the tail window without copying. Keeps the chunk of the last record pinned, so that neighbours
 * cost nothing; {@link #release} when done. One thread at a time.
 */
public final class TailReader {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TailWindow window;
    private TailChunk pinned;
    private ByteBuffer view = NOTHING;

    public TailReader(TailWindow window) {
        this.window = window;
    }

    /** Whether [position, position + sizeBytes) is in memory; if so {@link #record} may be called. */
    public boolean locate(long position, int sizeBytes) {
        if (pinned != null && position >= pinned.start() && position + sizeBytes <= pinned.end()) {
            return true;
        }
        release();
        pinned = window.pin(position, sizeBytes).orElse(null);
        if (pinned == null) {
            return false;
        }
        view = pinned.view();
        return true;
    }

    /** The bytes, from index 0; valid until the next call of this object. */
    public ByteBuffer record(long position, int sizeBytes) {
        return view.slice((int) (position - pinned.start()), sizeBytes);
    }

    public void release() {
        if (pinned != null) {
            pinned.unpin();
            pinned = null;
            view = NOTHING;
        }
    }
}
