package io.orbitmq.protocol.frame;

import java.util.Arrays;

/** Finds names among those of one header by their hashes. Immutable. */
final class NameIndex {

    private static final short FREE = -1;

    private final String[] names;
    /** Indexes of names, each at the first free place from its hash on; at least half are free. */
    private final short[] slots;

    /** @param names kept, {@link Frames#MAX_FIELDS} and one at most, each once */
    NameIndex(String[] names) {
        this.names = names;
        this.slots = new short[Integer.highestOneBit(names.length) * 4];
        Arrays.fill(slots, FREE);
        for (short i = 0; i < names.length; i++) {
            int slot = slot(names[i]);
            while (slots[slot] != FREE) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = i;
        }
    }

    /** The name's index, or -1. */
    int find(String name) {
        int slot = slot(name);
        while (slots[slot] != FREE && !names[slots[slot]].equals(name)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slots[slot];
    }

    private int slot(String name) {
        int hash = name.hashCode();
        return (hash ^ hash >>> 16) & slots.length - 1;
    }
}
