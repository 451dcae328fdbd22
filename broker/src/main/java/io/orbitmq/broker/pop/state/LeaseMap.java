package io.orbitmq.broker.pop.state;

import java.util.function.Consumer;

/**
 * The leases of a queue by block, an open hash table without objects of its own. Each offset is in at most one lease, so
 * a block has at most 64, chained. Guarded by the table's lock.
 */
final class LeaseMap {

    private static final Lease[] EMPTY = new Lease[0];
    private static final int FIRST_CAPACITY = 4;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private Lease[] slots = EMPTY;
    private int blocks;

    /** The chain of a block; null when there is none. */
    Lease first(long block) {
        return blocks == 0 ? null : slots[slotOf(block)];
    }

    void add(Lease lease) {
        if ((blocks + 1) * 2 > slots.length) {
            resize(Math.max(FIRST_CAPACITY, slots.length * 2));
        }
        int slot = slotOf(lease.block);
        lease.next = slots[slot];
        if (lease.next == null) {
            blocks++;
        }
        slots[slot] = lease;
    }

    /** Takes out a lease that is in. */
    void remove(Lease lease) {
        int slot = slotOf(lease.block);
        if (slots[slot] == lease) {
            slots[slot] = lease.next;
            if (lease.next == null) {
                blocks--;
                closeGap(slot);
                shrink();
            }
        } else {
            Lease before = slots[slot];
            while (before.next != lease) {
                before = before.next;
            }
            before.next = lease.next;
        }
        lease.next = null;
    }

    void clear() {
        slots = EMPTY;
        blocks = 0;
    }

    void forEach(Consumer<Lease> visitor) {
        for (Lease first : slots) {
            for (Lease lease = first; lease != null; lease = lease.next) {
                visitor.accept(lease);
            }
        }
    }

    /** Where the block is, or where it would be put. */
    private int slotOf(long block) {
        int mask = slots.length - 1;
        int slot = home(block, mask);
        while (slots[slot] != null && slots[slot].block != block) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static int home(long block, int mask) {
        return (int) (block * SPREAD >>> Integer.SIZE) & mask;
    }

    /** Moves back what stands behind an emptied slot only because that was taken. */
    private void closeGap(int emptied) {
        int mask = slots.length - 1;
        int gap = emptied;
        for (int slot = gap + 1 & mask; slots[slot] != null; slot = slot + 1 & mask) {
            int home = home(slots[slot].block, mask);
            boolean staysBehindHome = (slot - home & mask) < (slot - gap & mask);
            if (!staysBehindHome) {
                slots[gap] = slots[slot];
                slots[slot] = null;
                gap = slot;
            }
        }
    }

    private void shrink() {
        if (slots.length > FIRST_CAPACITY && blocks * 8 < slots.length) {
            resize(slots.length / 2);
        }
    }

    private void resize(int capacity) {
        Lease[] before = slots;
        slots = new Lease[capacity];
        for (Lease first : before) {
            if (first != null) {
                slots[slotOf(first.block)] = first;
            }
        }
    }
}
