package io.orbitmq.store.index;

import java.io.IOException;

/** Writes a {@link KeyRun} from entries that come in its order. */
final class KeyRunWriter {

    private final PageWriter target;
    private long entryCount;
    private int minSeconds = Integer.MAX_VALUE;
    private int maxSeconds;

    KeyRunWriter(PageWriter target) {
        this.target = target;
    }

    /** Takes the two longs of a {@link KeyEntry}. */
    void add(long first, long second) throws IOException {
        target.putLongs(first, second);
        int seconds = KeyEntry.seconds(second);
        entryCount++;
        minSeconds = Math.min(minSeconds, seconds);
        maxSeconds = Math.max(maxSeconds, seconds);
    }

    /** Writes the end of the file; {@link PageWriter#finish} remains to be called. */
    void end(long startPosition, long endPosition) throws IOException {
        new RunFooter(RunFooter.KEYS, startPosition, endPosition, entryCount, minSeconds, maxSeconds, 0, 0)
                .write(target);
    }
}
