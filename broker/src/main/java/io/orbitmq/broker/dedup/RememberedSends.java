package io.orbitmq.broker.dedup;

import java.util.Arrays;

/**
 * Sends by hash, in the order they were remembered; each for a while, and a bounded number, the oldest forgotten first.
 * Grows up to its limit as needed. The newest of a hash is found first. Safe for any thread; {@link #isEmpty} and {@link
 * #mayHold} take no lock.
 *
 * <pre>
 * slot   sequence number modulo capacity; live are the sequences from oldest to next - 1
 * bucket head: newest sequence of the bucket; previous[slot]: the one before it in the same bucket
 * filter the hashes of all that are live, and of some that are no more
 * </pre>
 */
final class RememberedSends {

    private static final int FIRST_CAPACITY = 64;
    private static final long NONE = -1;
    private static final long REMOVED = -1;

    private final int maxCapacity;
    private long[] hashes = new long[FIRST_CAPACITY];
    private long[] positions = new long[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private int[] groups = new int[FIRST_CAPACITY];
    private long[] previous = new long[FIRST_CAPACITY];
    private long[] heads = heads(FIRST_CAPACITY);
    private HashFilter filter = new HashFilter(FIRST_CAPACITY);
    private int inFilter;
    private long oldest;
    private long next;
    private long forgotten;
    private volatile int live;

    /** @param limit sends at most */
    RememberedSends(int limit) {
        this.maxCapacity = Math.max(FIRST_CAPACITY, Integer.highestOneBit(limit));
    }

    boolean isEmpty() {
        return live == 0;
    }

    /** Whether a send with this hash may be here; without a lock, rarely wrong when it says yes. */
    boolean mayHold(long hash) {
        if (live == 0) {
            return false;
        }
        return filter.mayHold(hash);
    }

    int size() {
        return live;
    }

    /** How many were dropped before their time because there were too many. */
    synchronized long forgotten() {
        return forgotten;
    }

    /** Remembers a send; one that is remembered already stays as it is. */
    synchronized void add(long hash, int group, long position, long nowMs) {
        if (find(hash, position) != NONE) {
            return;
        }
        if (next - oldest == hashes.length) {
            makeRoom();
        }
        int slot = slot(next);
        int bucket = bucket(hash);
        hashes[slot] = hash;
        positions[slot] = position;
        times[slot] = nowMs;
        groups[slot] = group;
        previous[slot] = heads[bucket];
        heads[bucket] = next;
        next++;
        noteInFilter(hash);
        live++;
    }

    private void noteInFilter(long hash) {
        if (inFilter >= 2 * hashes.length) {
            rebuildFilter();
        } else {
            filter.add(hash);
            inFilter++;
        }
    }

    /** Leaves out what is not remembered any more. */
    private void rebuildFilter() {
        HashFilter rebuilt = new HashFilter(hashes.length);
        for (long at = oldest; at < next; at++) {
            rebuilt.add(hashes[slot(at)]);
        }
        filter = rebuilt;
        inFilter = (int) (next - oldest);
    }

    /**
     * The positions of the sends with this hash and group, newest first.
     *
     * @param group 0 fits every group, as do sends remembered with 0
     */
    synchronized long[] find(long hash, int group, int most) {
        long[] found = new long[Math.min(most, live)];
        int count = 0;
        for (long at = heads[bucket(hash)]; at >= oldest && count < found.length; at = previous[slot(at)]) {
            int slot = slot(at);
            if (hashes[slot] == hash
                    && positions[slot] != REMOVED
                    && (group == 0 || groups[slot] == 0 || groups[slot] == group)) {
                found[count++] = positions[slot];
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Forgets one send; false when it was not, or no more, remembered. */
    synchronized boolean remove(long hash, long position) {
        long at = find(hash, position);
        if (at == NONE) {
            return false;
        }
        positions[slot(at)] = REMOVED;
        live--;
        return true;
    }

    /** Forgets what was remembered before {@code timeMs}. */
    synchronized void expire(long timeMs) {
        while (oldest < next && (times[slot(oldest)] < timeMs || positions[slot(oldest)] == REMOVED)) {
            dropOldest();
        }
    }

    private long find(long hash, long position) {
        for (long at = heads[bucket(hash)]; at >= oldest; at = previous[slot(at)]) {
            if (hashes[slot(at)] == hash && positions[slot(at)] == position) {
                return at;
            }
        }
        return NONE;
    }

    private void makeRoom() {
        if (hashes.length >= maxCapacity) {
            forgotten += positions[slot(oldest)] == REMOVED ? 0 : 1;
            dropOldest();
            return;
        }
        int capacity = hashes.length * 2;
        long[] oldHashes = hashes;
        long[] oldPositions = positions;
        long[] oldTimes = times;
        int[] oldGroups = groups;
        hashes = new long[capacity];
        positions = new long[capacity];
        times = new long[capacity];
        groups = new int[capacity];
        previous = new long[capacity];
        heads = heads(capacity);
        for (long at = oldest; at < next; at++) {
            int from = (int) (at & (oldHashes.length - 1));
            int to = slot(at);
            int bucket = bucket(oldHashes[from]);
            hashes[to] = oldHashes[from];
            positions[to] = oldPositions[from];
            times[to] = oldTimes[from];
            groups[to] = oldGroups[from];
            previous[to] = heads[bucket];
            heads[bucket] = at;
        }
        rebuildFilter();
    }

    private void dropOldest() {
        live -= positions[slot(oldest)] == REMOVED ? 0 : 1;
        oldest++;
    }

    private int slot(long sequence) {
        return (int) (sequence & (hashes.length - 1));
    }

    private int bucket(long hash) {
        return (int) (hash >>> 32) & (heads.length - 1);
    }

    private static long[] heads(int capacity) {
        long[] heads = new long[capacity];
        Arrays.fill(heads, NONE);
        return heads;
    }
}
