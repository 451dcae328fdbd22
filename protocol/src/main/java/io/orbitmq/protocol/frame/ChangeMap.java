package io.orbitmq.protocol.frame;

import java.util.Arrays;

/**
 * Which bytes of a header may change, and what they belong to, looked at in words of eight bytes; the last word overlaps
 * the one before. No word has bytes of two owners, because there are more than seven bytes between two values. Filled by
 * {@link #own}, then immutable.
 */
final class ChangeMap {

    private static final byte NOBODY = Byte.MAX_VALUE;

    private final byte[] bytes;
    private final boolean isBinary;
    private final int lastStart;
    /** For each word ones at the bytes that may change. */
    private final long[] masks;

    private final byte[] owners;

    /**
     * @param bytes a header of at least eight bytes, kept
     * @param isBinary whether a value may be any bytes; in JSON a quote would end it, and a backslash change it
     */
    ChangeMap(byte[] bytes, boolean isBinary) {
        this.bytes = bytes;
        this.isBinary = isBinary;
        this.lastStart = bytes.length - Long.BYTES;
        this.masks = new long[(bytes.length + Long.BYTES - 1) / Long.BYTES];
        this.owners = new byte[masks.length];
        Arrays.fill(owners, NOBODY);
    }

    /**
     * Lets bytes change.
     *
     * @param owner 0 to 62
     * @return false when one of their words has bytes of another owner; then this map is of no use
     */
    boolean own(int start, int end, int owner) {
        boolean separate = true;
        for (int at = start; at < end; at++) {
            int word = at / Long.BYTES;
            if (word < masks.length - 1) {
                separate &= own(word, at % Long.BYTES, (byte) owner);
            }
            if (at >= lastStart) {
                separate &= own(masks.length - 1, at - lastStart, (byte) owner);
            }
        }
        return separate;
    }

    private boolean own(int word, int place, byte owner) {
        boolean separate = owners[word] == NOBODY || owners[word] == owner;
        owners[word] = owner;
        masks[word] |= 0xFFL << place * Byte.SIZE;
        return separate;
    }

    /** A bit for each owner whose bytes differ in another header; -1 when others do, or its length. */
    long changes(byte[] header) {
        if (header.length != bytes.length) {
            return -1;
        }
        long changes = 0;
        for (int word = 0; word < masks.length; word++) {
            int at = Math.min(word * Long.BYTES, lastStart);
            long found = EightBytes.at(header, at);
            long differences = found ^ EightBytes.at(bytes, at);
            if (differences != 0) {
                long mask = masks[word];
                if ((differences & ~mask) != 0 || !isBinary && JsonText.specials(found & mask) != 0) {
                    return -1;
                }
                changes |= 1L << owners[word];
            }
        }
        return changes;
    }
}
