package io.orbitmq.store.index;

import io.orbitmq.protocol.frame.EightBytes;
import java.nio.ByteBuffer;

/**
 * Where the tags, the unique key and the keys stand in a record (protocol/03 section 3: name 0x01 value 0x02, the last of
 * equal names wins), from a first to a last byte, the last exclusive. A place without bytes is absent. Found in one pass,
 * eight bytes at a time and without making text of them; reused by one thread.
 */
final class FoundProperties {

    private static final byte NAME_END = 1;
    private static final byte ENTRY_END = 2;
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long ENTRY_ENDS = EightBytes.all(ENTRY_END);
    /** The eight letters of UNIQ_KEY. */
    private static final long UNIQUE_KEY = 0x554E49515F4B4559L;
    /** The four letters of KEYS. */
    private static final int KEYS = 0x4B455953;
    /** The four letters of TAGS. */
    private static final int TAGS = 0x54414753;

    int tagsFrom;
    int tagsTo;
    int uniqueFrom;
    int uniqueTo;
    int keysFrom;
    int keysTo;

    /** Forgets what was found and looks at {@code [position, end)} of a big-endian buffer. */
    void find(ByteBuffer bytes, int position, int end) {
        tagsFrom = tagsTo = uniqueFrom = uniqueTo = keysFrom = keysTo = 0;
        for (int at = position; at < end; ) {
            int entryEnd = endOfEntry(bytes, at, end);
            look(bytes, at, entryEnd);
            at = entryEnd + 1;
        }
    }

    /** Takes what was found in bytes that stand behind these, and stood {@code shift} bytes lower when they were looked at. */
    void add(FoundProperties later, int shift) {
        if (later.tagsFrom < later.tagsTo) {
            tagsFrom = later.tagsFrom + shift;
            tagsTo = later.tagsTo + shift;
        }
        if (later.hasUniqueKey()) {
            uniqueFrom = later.uniqueFrom + shift;
            uniqueTo = later.uniqueTo + shift;
        }
        if (later.keysFrom < later.keysTo) {
            keysFrom = later.keysFrom + shift;
            keysTo = later.keysTo + shift;
        }
    }

    boolean hasUniqueKey() {
        return uniqueFrom < uniqueTo;
    }

    private void look(ByteBuffer bytes, int at, int entryEnd) {
        int length = entryEnd - at;
        if (length <= Integer.BYTES + 1) {
            return;
        }
        int name = bytes.getInt(at);
        if (name == TAGS) {
            if (bytes.get(at + Integer.BYTES) == NAME_END) {
                tagsFrom = at + Integer.BYTES + 1;
                tagsTo = entryEnd;
            }
        } else if (name == KEYS) {
            if (bytes.get(at + Integer.BYTES) == NAME_END) {
                keysFrom = at + Integer.BYTES + 1;
                keysTo = entryEnd;
            }
        } else if (length > Long.BYTES + 1
                && name == (int) (UNIQUE_KEY >>> 32)
                && bytes.getLong(at) == UNIQUE_KEY
                && bytes.get(at + Long.BYTES) == NAME_END) {
            uniqueFrom = at + Long.BYTES + 1;
            uniqueTo = entryEnd;
        }
    }

    /** Index of the separator behind the entry that begins at {@code start}, or {@code end}. */
    private static int endOfEntry(ByteBuffer bytes, int start, int end) {
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long different = bytes.getLong(at) ^ ENTRY_ENDS;
            // the top bit of each byte that is zero, of no other
            long zeros = ~((different & LOW_BITS) + LOW_BITS | different | LOW_BITS);
            if (zeros != 0) {
                return at + (Long.numberOfLeadingZeros(zeros) >>> 3);
            }
        }
        while (at < end && bytes.get(at) != ENTRY_END) {
            at++;
        }
        return at;
    }
}
