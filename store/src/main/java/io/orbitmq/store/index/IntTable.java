package io.orbitmq.store.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/**
 * A hash table from a positive int key to a non-zero address, where the key is found at the address. One writer; readers
 * need no lock and find every key whose insertion happened before their call.
 */
final class IntTable {

    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    private final IntUnaryOperator keyAt;
    private volatile int[] table = new int[16];
    private int size;

    IntTable(IntUnaryOperator keyAt) {
        this.keyAt = keyAt;
    }

    long sizeBytes() {
        return (long) table.length * Integer.BYTES;
    }

    int find(int key) {
        int[] slots = table;
        int mask = slots.length - 1;
        for (int at = spread(key) & mask; ; at = at + 1 & mask) {
            int address = (int) INTS.getAcquire(slots, at);
            if (address == 0 || keyAt.applyAsInt(address) == key) {
                return address;
            }
        }
    }

    /** The key must not be in the table yet. */
    void put(int key, int address) {
        int[] slots = table;
        if (++size * 3 > slots.length * 2) {
            int[] larger = new int[slots.length * 2];
            for (int each : slots) {
                if (each != 0) {
                    insert(larger, keyAt.applyAsInt(each), each);
                }
            }
            insert(larger, key, address);
            table = larger;
        } else {
            insert(slots, key, address);
        }
    }

    /** Visits all addresses, those added meanwhile perhaps. */
    void forEach(IntConsumer action) {
        int[] slots = table;
        for (int at = 0; at < slots.length; at++) {
            int address = (int) INTS.getAcquire(slots, at);
            if (address != 0) {
                action.accept(address);
            }
        }
    }

    /** All addresses, ordered by key. Only when nobody writes. */
    int[] sortedAddresses() {
        long[] pairs = new long[size];
        int count = 0;
        for (int address : table) {
            if (address != 0) {
                pairs[count++] = (long) keyAt.applyAsInt(address) << 32 | address & 0xFFFFFFFFL;
            }
        }
        Arrays.sort(pairs);
        int[] addresses = new int[size];
        for (int i = 0; i < size; i++) {
            addresses[i] = (int) pairs[i];
        }
        return addresses;
    }

    private static void insert(int[] slots, int key, int address) {
        int mask = slots.length - 1;
        int at = spread(key) & mask;
        while (slots[at] != 0) {
            at = at + 1 & mask;
        }
        INTS.setRelease(slots, at, address);
    }

    private static int spread(int key) {
        int mixed = key * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }
}
