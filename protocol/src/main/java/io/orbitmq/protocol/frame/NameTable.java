package io.orbitmq.protocol.frame;

import java.util.Arrays;
import java.util.List;

/**
 * Things by their names in UTF-8, found by the bytes of a received field without making a text of them; see {@link
 * Fields#find}. For few names that are asked for often. Looking up takes no lock; a change made meanwhile may be missed.
 * Safe for any thread.
 *
 * <p>Open addressing: a free slot has hash 0, and a thing bears its own name, so that a look touches one slot, the thing
 * and its name.
 *
 * @param <T> the things
 */
public final class NameTable<T extends NameTable.Named> {

    private static final int FIRST_CAPACITY = 64;
    private static final int FREE = 0;

    private volatile Slots slots = new Slots(FIRST_CAPACITY);
    private volatile int size;

    /** A thing with a name. */
    public interface Named {

        /** Its name; never changes. */
        byte[] utf8Name();
    }

    /** The thing at an index has the hash at the same index. */
    private record Slots(int[] hashes, Named[] things) {

        Slots(int capacity) {
            this(new int[capacity], new Named[capacity]);
        }

        /** The thing of this name, or null. */
        Named find(byte[] bytes, int from, int to) {
            int wanted = hash(bytes, from, to);
            int mask = hashes.length - 1;
            for (int at = wanted & mask; ; at = at + 1 & mask) {
                int hash = hashes[at];
                if (hash == FREE) {
                    return null;
                }
                Named thing = hash == wanted ? things[at] : null;
                if (thing != null) {
                    byte[] name = thing.utf8Name();
                    if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
                        return thing;
                    }
                }
            }
        }

        /** The first thing with this hash, or null. */
        Named likely(int wanted) {
            int mask = hashes.length - 1;
            int at = wanted & mask;
            while (hashes[at] != wanted && hashes[at] != FREE) {
                at = at + 1 & mask;
            }
            return hashes[at] == wanted ? things[at] : null;
        }

        /** Under the table's lock. */
        void put(Named thing) {
            byte[] name = thing.utf8Name();
            int hash = hash(name, 0, name.length);
            int at = place(name, hash);
            things[at] = thing;
            hashes[at] = hash;
        }

        /** Where the name stands or would stand; under the table's lock. */
        private int place(byte[] name, int hash) {
            int mask = hashes.length - 1;
            int at = hash & mask;
            while (hashes[at] != FREE && !(hashes[at] == hash && Arrays.equals(things[at].utf8Name(), name))) {
                at = at + 1 & mask;
            }
            return at;
        }

        /** Closes the gap with what stands behind it and may stand there; under the table's lock. */
        void remove(byte[] name) {
            int mask = hashes.length - 1;
            int gap = place(name, hash(name, 0, name.length));
            for (int at = gap + 1 & mask; hashes[at] != FREE; at = at + 1 & mask) {
                int home = hashes[at] & mask;
                if ((at - home & mask) >= (at - gap & mask)) {
                    things[gap] = things[at];
                    hashes[gap] = hashes[at];
                    gap = at;
                }
            }
            hashes[gap] = FREE;
            things[gap] = null;
        }
    }

    /** The thing with the name at {@code [from, to)}, or {@code otherwise}. */
    @SuppressWarnings("unchecked") // only things of this type are put in
    public T find(byte[] bytes, int from, int to, T otherwise) {
        Named found = slots.find(bytes, from, to);
        return found == null ? otherwise : (T) found;
    }

    /**
     * Adds what {@link #find} will most likely give for the name of this {@link Utf8Hash}, or {@code otherwise}, to {@code
     * target}; does not look at the thing itself, which may be far from the processor's cache. Who got it as a result
     * would: to see that it is of the type it should be.
     */
    @SuppressWarnings("unchecked") // only things of this type are put in
    public void addLikely(long nameHash, T otherwise, List<? super T> target) {
        Named found = slots.likely(stored(nameHash));
        target.add(found == null ? otherwise : (T) found);
    }

    /** Adds a thing, or puts it in the place of the one with its name. */
    public synchronized void put(T thing) {
        if (!has(thing.utf8Name())) {
            size = size + 1;
            if (2 * size > slots.hashes.length) {
                grow();
            }
        }
        slots.put(thing);
    }

    /** Takes the thing with this name out, if there is one. */
    public synchronized void remove(byte[] name) {
        if (has(name)) {
            size = size - 1;
            slots.remove(name);
        }
    }

    /** Number of things. */
    public int size() {
        return size;
    }

    private boolean has(byte[] name) {
        return slots.find(name, 0, name.length) != null;
    }

    private void grow() {
        Slots larger = new Slots(slots.hashes.length * 2);
        for (Named thing : slots.things) {
            if (thing != null) {
                larger.put(thing);
            }
        }
        slots = larger;
    }

    private static int hash(byte[] bytes, int from, int to) {
        return stored(Utf8Hash.of(bytes, from, to));
    }

    private static int stored(long nameHash) {
        int hash = (int) nameHash;
        return hash == FREE ? 1 : hash;
    }
}
