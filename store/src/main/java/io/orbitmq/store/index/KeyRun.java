package io.orbitmq.store.index;

import io.orbitmq.foundation.file.Disk;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An immutable file with the keys of a stretch of the log, sorted by {@link KeyHash#order} and, among equals, by log
 * position. Nothing of it is in memory: hashes are spread evenly, so a place is guessed and found in a few steps.
 *
 * <pre>
 * entries: see {@link KeyEntry}
 * footer:  see {@link RunFooter}
 * </pre>
 */
final class KeyRun extends RunFile {

    private static final int MAX_GUESSES = 6;

    private KeyRun(PagedFile file, long fileNumber, RunFooter footer) {
        super(file, fileNumber, footer);
    }

    static KeyRun open(IndexDirectory directory, long fileNumber) throws IOException {
        return open(directory.disk(), directory.path(), fileNumber);
    }

    static KeyRun open(Disk disk, Path directory, long fileNumber) throws IOException {
        PagedFile file = new PagedFile(disk, RunFooter.path(directory, fileNumber));
        try {
            return new KeyRun(file, fileNumber, RunFooter.read(file, RunFooter.KEYS));
        } catch (IOException | RuntimeException e) {
            file.retire(false);
            throw e;
        }
    }

    /** The first long of an entry. */
    long first(PageWindow window, long index) throws IOException {
        return window.on(file).getLong(index * KeyEntry.BYTES);
    }

    /** The second long of an entry. */
    long second(PageWindow window, long index) throws IOException {
        return window.on(file).getLong(index * KeyEntry.BYTES + Long.BYTES);
    }

    /** Gives the entries with this hash to {@code sink}, newest first; false when it has enough. */
    boolean find(long hash, long beginSeconds, long endSeconds, KeyEntrySink sink) throws IOException {
        if (footer.first() > endSeconds || footer.second() < beginSeconds) {
            return true;
        }
        PageWindow window = new PageWindow();
        long order = KeyHash.order(hash);
        for (long i = lowerBound(window, order + 1) - 1; i >= 0; i--) {
            long first = first(window, i);
            long second = second(window, i);
            if (KeyHash.order(first) != order || KeyEntry.seconds(second) < beginSeconds) {
                break;
            }
            if (KeyEntry.hasHash(first, hash)
                    && !sink.accept(KeyEntry.position(first, second), KeyEntry.seconds(second))) {
                return false;
            }
        }
        return true;
    }

    /** Index of the first entry at or after {@code order}. */
    private long lowerBound(PageWindow window, long order) throws IOException {
        long low = 0;
        long high = entryCount();
        double lowOrder = 0;
        double highOrder = 1L << KeyHash.ORDER_BITS;
        for (int step = 0; low < high; step++) {
            long at = low + high >>> 1;
            if (step < MAX_GUESSES && highOrder > lowOrder) {
                double share = (order - lowOrder) / (highOrder - lowOrder);
                at = Math.max(low, Math.min(high - 1, low + (long) (share * (high - low))));
            }
            long found = KeyHash.order(first(window, at));
            if (found < order) {
                low = at + 1;
                lowOrder = found;
            } else {
                high = at;
                highOrder = found;
            }
        }
        return low;
    }
}
