package io.orbitmq.store.index;

import io.orbitmq.protocol.frame.EightBytes;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.TagHash;
import java.nio.ByteBuffer;

/**
 * What is indexed of a record's properties (protocol/03 section 3: name 0x01 value 0x02, the last of equal names wins,
 * empty values count as absent): the tags, the unique key and the keys, found in one pass, eight bytes at a time and
 * without making text of them. Reused by one thread; allocates nothing.
 *
 * <pre>{@code
 * properties.over(record, position, length, stamp);
 * long code = properties.tagsCode();
 * while (properties.nextKey()) { ... properties.keyHash(queue) ... }
 * }</pre>
 */
public final class IndexedProperties {

    private static final byte NAME_END = 1;
    private static final byte ENTRY_END = 2;
    private static final byte KEY_END = ' ';
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long ENTRY_ENDS = EightBytes.all(ENTRY_END);
    /** The eight letters of UNIQ_KEY. */
    private static final long UNIQUE_KEY = 0x554E49515F4B4559L;
    /** The four letters of KEYS. */
    private static final int KEYS = 0x4B455953;
    /** The four letters of TAGS. */
    private static final int TAGS = 0x54414753;

    private static final byte[] NO_STAMP = {};
    private static final int NOWHERE = -1;

    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private final Stamp stamp = new Stamp();
    private int stampedKeyFrom;
    private int tagsFrom;
    private int tagsTo;
    private int uniqueFrom;
    private int uniqueTo;
    private int keysAt;
    private int keysTo;
    private int from;
    private int to;

    /** What was found in the stamp seen last, which many records share; places count from its start. */
    private static final class Stamp {

        private byte[] bytes = NO_STAMP;
        private int tagsFrom;
        private int tagsTo;
        private int uniqueFrom;
        private int uniqueTo;
        private int keysAt;
        private int keysTo;
        /** The queue {@link #keyHash} is for; null when the unique key was not hashed yet. */
        private IndexedQueue hashedFor;

        private long keyHash;
    }

    /**
     * Takes the properties of a record that was just written from a draft, at {@code [position, position + length)}: they end
     * in the draft's stamp and the checksum entry. A stamp met again is not looked through again.
     */
    public IndexedProperties over(ByteBuffer buffer, int position, int length, byte[] stampBytes) {
        int stampAt = position + length - MessageRecord.CHECKSUM_BYTES - stampBytes.length;
        if (stampBytes != stamp.bytes) {
            learn(buffer, stampAt, stampBytes);
        }
        over(buffer, position, stampAt - position);
        if (stamp.tagsFrom < stamp.tagsTo) {
            tagsFrom = stampAt + stamp.tagsFrom;
            tagsTo = stampAt + stamp.tagsTo;
        }
        if (stamp.uniqueFrom < stamp.uniqueTo) {
            uniqueFrom = stampAt + stamp.uniqueFrom;
            uniqueTo = stampAt + stamp.uniqueTo;
            stampedKeyFrom = uniqueFrom;
        }
        if (stamp.keysAt < stamp.keysTo) {
            keysAt = stampAt + stamp.keysAt;
            keysTo = stampAt + stamp.keysTo;
        }
        return this;
    }

    private void learn(ByteBuffer buffer, int stampAt, byte[] stampBytes) {
        over(buffer, stampAt, stampBytes.length);
        stamp.bytes = stampBytes;
        stamp.tagsFrom = tagsFrom - stampAt;
        stamp.tagsTo = tagsTo - stampAt;
        stamp.uniqueFrom = uniqueFrom - stampAt;
        stamp.uniqueTo = uniqueTo - stampAt;
        stamp.keysAt = keysAt - stampAt;
        stamp.keysTo = keysTo - stampAt;
        stamp.hashedFor = null;
    }

    /** Takes the properties at {@code [position, position + length)} of a big-endian buffer. */
    public IndexedProperties over(ByteBuffer buffer, int position, int length) {
        bytes = buffer;
        stampedKeyFrom = NOWHERE;
        tagsFrom = tagsTo = uniqueFrom = uniqueTo = keysAt = keysTo = 0;
        int end = position + length;
        for (int at = position; at < end; ) {
            int entryEnd = endOfEntry(at, end);
            look(at, entryEnd);
            at = entryEnd + 1;
        }
        return this;
    }

    /** The hash of the tags (protocol/03 section 7), 0 without tags. */
    public int tagsCode() {
        return tagsFrom == tagsTo ? 0 : TagHash.ofUtf8(bytes, tagsFrom, tagsTo - tagsFrom);
    }

    /** Moves to the next key: the unique key first, then each part of the keys. */
    boolean nextKey() {
        if (uniqueFrom < uniqueTo) {
            from = uniqueFrom;
            to = uniqueTo;
            uniqueFrom = uniqueTo;
            return true;
        }
        while (keysAt < keysTo && bytes.get(keysAt) == KEY_END) {
            keysAt++;
        }
        if (keysAt >= keysTo) {
            return false;
        }
        from = keysAt;
        to = from;
        while (to < keysTo && bytes.get(to) != KEY_END) {
            to++;
        }
        keysAt = to + 1;
        return true;
    }

    /** Hash of the current key in the queue's topic; that of a key which all messages of a batch share is made once. */
    long keyHash(IndexedQueue queue) {
        if (from != stampedKeyFrom) {
            return KeyHash.hash(queue.keySeed(), bytes, from, to);
        }
        if (stamp.hashedFor != queue) {
            stamp.keyHash = KeyHash.hash(queue.keySeed(), bytes, from, to);
            stamp.hashedFor = queue;
        }
        return stamp.keyHash;
    }

    private void look(int at, int entryEnd) {
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
                keysAt = at + Integer.BYTES + 1;
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
    private int endOfEntry(int start, int end) {
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
