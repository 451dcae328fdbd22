package io.orbitmq.store.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Memory for a memtable: blocks of ints that are never moved or freed one by one, named by an int address. The whole
 * arena goes when its memtable goes. No allocation lies across two slabs, so a block may be addressed by its start plus
 * an index. Address 0 is never handed out and means "none".
 *
 * <p>One thread writes; others read what they learnt of through a release/acquire pair.
 */
final class Arena {

    private static final int SLAB_BITS = 16;
    private static final int SLAB_INTS = 1 << SLAB_BITS;
    private static final int FIRST = 1;
    private static final int SLAB_MASK = SLAB_INTS - 1;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    private int[][] slabs;
    private int slabCount;
    private int usedInSlab = SLAB_INTS;

    Arena() {
        this(new int[8][]);
    }

    private Arena(int[][] slabs) {
        this.slabs = slabs;
    }

    /** A new one in the memory of this one, which nobody uses any more. */
    Arena successor() {
        return new Arena(SlabTables.first(slabCount, slabs));
    }

    /** Ints left in the current slab; an allocation of at most this many wastes nothing. */
    int remainingInts() {
        return SLAB_INTS - usedInSlab;
    }

    /** Bytes taken so far. */
    long sizeBytes() {
        return (long) slabCount * SLAB_INTS * Integer.BYTES;
    }

    /** Address of {@code ints} zeroed ints. */
    int allocate(int ints) {
        if (ints > remainingInts()) {
            addSlab();
        }
        int address = (slabCount - 1 << SLAB_BITS) + usedInSlab;
        usedInSlab += ints;
        return address;
    }

    /** Address of the block allocated first. */
    static int first() {
        return FIRST;
    }

    /** Address of the block allocated behind that of {@code ints} at {@code address}; blocks begin with an int other than 0. */
    int behind(int address, int ints) {
        int next = address + ints;
        return (next & SLAB_MASK) == 0 || get(next) != 0 ? next : (next | SLAB_MASK) + 1;
    }

    /** The memory that holds the block at {@code address}, from {@link #indexOf} on. */
    int[] slabOf(int address) {
        return slabs[address >>> SLAB_BITS];
    }

    /** Place of the block at {@code address} in {@link #slabOf}. */
    static int indexOf(int address) {
        return address & SLAB_MASK;
    }

    int get(int address) {
        return slabs[address >>> SLAB_BITS][address & SLAB_MASK];
    }

    void set(int address, int value) {
        slabs[address >>> SLAB_BITS][address & SLAB_MASK] = value;
    }

    long getLong(int address) {
        int[] slab = slabs[address >>> SLAB_BITS];
        int at = address & SLAB_MASK;
        return (long) slab[at] << 32 | slab[at + 1] & 0xFFFFFFFFL;
    }

    void setLong(int address, long value) {
        int[] slab = slabs[address >>> SLAB_BITS];
        int at = address & SLAB_MASK;
        slab[at] = (int) (value >>> 32);
        slab[at + 1] = (int) value;
    }

    void setRelease(int address, int value) {
        INTS.setRelease(slabs[address >>> SLAB_BITS], address & SLAB_MASK, value);
    }

    private void addSlab() {
        if (slabCount == slabs.length) {
            slabs = SlabTables.doubled(slabs);
        }
        if (slabs[slabCount] == null) {
            slabs[slabCount] = new int[SLAB_INTS];
        } else {
            Arrays.fill(slabs[slabCount], 0);
        }
        usedInSlab = slabCount == 0 ? FIRST : 0;
        slabCount++;
    }
}
