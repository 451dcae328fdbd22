package io.orbitmq.testkit.disk;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/**
 * The bytes of one file twice: as the operating system shows them, and as they are on the platter. Differences are kept
 * per sector, the unit that a disk writes whole or not at all.
 */
final class FileContent {

    static final int SECTOR_BYTES = 512;

    private byte[] shown = new byte[0];
    private byte[] stored = new byte[0];
    private final BitSet dirty = new BitSet();
    private final BitSet allocated = new BitSet();

    int size() {
        return shown.length;
    }

    int allocatedSectors() {
        return allocated.cardinality();
    }

    /** How many sectors a write would newly take. */
    int sectorsToAllocate(int position, int length) {
        int last = (position + length - 1) / SECTOR_BYTES;
        int fresh = 0;
        for (int sector = position / SECTOR_BYTES; sector <= last; sector++) {
            fresh += allocated.get(sector) ? 0 : 1;
        }
        return fresh;
    }

    int read(int position, byte[] target, int length) {
        int count = Math.max(0, Math.min(length, shown.length - position));
        System.arraycopy(shown, Math.min(position, shown.length), target, 0, count);
        return count;
    }

    void write(int position, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        if (position + bytes.length > shown.length) {
            shown = Arrays.copyOf(shown, position + bytes.length);
        }
        System.arraycopy(bytes, 0, shown, position, bytes.length);
        int end = (position + bytes.length - 1) / SECTOR_BYTES + 1;
        dirty.set(position / SECTOR_BYTES, end);
        allocated.set(position / SECTOR_BYTES, end);
    }

    void setSize(int size) {
        if (size < shown.length) {
            dirty.set(size / SECTOR_BYTES, (shown.length - 1) / SECTOR_BYTES + 1);
            allocated.clear((size + SECTOR_BYTES - 1) / SECTOR_BYTES, Integer.MAX_VALUE);
        }
        shown = Arrays.copyOf(shown, size);
    }

    /** Stores what is dirty, and nothing else: what a failed force forgot stays forgotten. */
    void force() {
        stored = Arrays.copyOf(stored, shown.length);
        for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
            copySector(sector, stored);
        }
        dirty.clear();
    }

    /** The force failed: the kernel forgets that the sectors are dirty, some of them were written. */
    void forceFailing(Random chance) {
        stored = afterCrash(chance, Fate.ANY_ORDER);
        dirty.clear();
    }

    void crash(Random chance, Fate fate) {
        shown = afterCrash(chance, fate);
        stored = shown.clone();
        dirty.clear();
    }

    void flipBit(int position, int bit) {
        shown[position] ^= (byte) (1 << bit);
        if (position < stored.length) {
            stored[position] ^= (byte) (1 << bit);
        }
    }

    byte[] bytes() {
        return shown.clone();
    }

    private byte[] afterCrash(Random chance, Fate fate) {
        boolean newSize = fate.keeps(chance);
        byte[] result = Arrays.copyOf(stored, newSize ? shown.length : stored.length);
        for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
            if (fate.keeps(chance)) {
                copySector(sector, result);
            }
        }
        return result;
    }

    private void copySector(int sector, byte[] target) {
        int from = sector * SECTOR_BYTES;
        int to = Math.min(Math.min(from + SECTOR_BYTES, shown.length), target.length);
        if (from < to) {
            System.arraycopy(shown, from, target, from, to - from);
        }
    }

    /** What happens to sectors that were not forced. */
    enum Fate {
        LOST,
        KEPT,
        ANY_ORDER;

        boolean keeps(Random chance) {
            return this == KEPT || this == ANY_ORDER && chance.nextBoolean();
        }
    }
}
