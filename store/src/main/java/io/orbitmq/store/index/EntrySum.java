package io.orbitmq.store.index;

/**
 * Counts entries of a queue and sums numbers that tell nearly all of them from others, in whatever order they come: for
 * comparing what two sources say of a queue. One thread.
 */
public final class EntrySum {

    private long count;
    private long places;
    private long codes;

    /** Takes an entry: its offset in the queue, its record's place in the log, and the number kept for its tags. */
    public void add(long offset, long position, int sizeBytes, long tagsCode) {
        count++;
        long place = mixed(offset * 0x9E3779B97F4A7C15L ^ position * 0xC2B2AE3D27D4EB4FL) + sizeBytes;
        places += mixed(place);
        codes += mixed(place ^ mixed(tagsCode));
    }

    /** As if nothing had been added. */
    public void clear() {
        count = 0;
        places = 0;
        codes = 0;
    }

    public long count() {
        return count;
    }

    /** Whether the other has entries of the same offsets and records; their tags may differ. */
    public boolean hasPlacesOf(EntrySum other) {
        return count == other.count && places == other.places;
    }

    /** Whether the other has the same entries. */
    public boolean isSameAs(EntrySum other) {
        return hasPlacesOf(other) && codes == other.codes;
    }

    private static long mixed(long number) {
        long half = (number ^ number >>> 31) * 0xD6E8FEB86659FD93L;
        half = (half ^ half >>> 29) * 0x9E3779B97F4A7C15L;
        return half ^ half >>> 32;
    }
}
