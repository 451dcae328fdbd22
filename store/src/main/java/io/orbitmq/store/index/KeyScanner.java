package io.orbitmq.store.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the unique key and the keys in a record's property bytes without making text of them (protocol/03 section
 * 3: name 0x01 value 0x02, the last of equal names wins, empty values count as absent). Reused by one thread; allocates
 * nothing.
 */
final class KeyScanner {

    private static final byte NAME_END = 1;
    private static final byte ENTRY_END = 2;
    private static final byte[] UNIQUE_KEY = "UNIQ_KEY".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEYS = "KEYS".getBytes(StandardCharsets.US_ASCII);

    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int uniqueFrom;
    private int uniqueTo;
    private int keysAt;
    private int keysTo;
    private int from;
    private int to;

    /** Starts on the properties at {@code [position, position + length)}. */
    void scan(ByteBuffer buffer, int position, int length) {
        bytes = buffer;
        uniqueFrom = uniqueTo = keysAt = keysTo = 0;
        int end = position + length;
        for (int at = position; at < end; ) {
            int entryEnd = indexOf(ENTRY_END, at, end);
            byte first = bytes.get(at);
            if (first == 'U' && isNamed(at, entryEnd, UNIQUE_KEY)) {
                uniqueFrom = at + UNIQUE_KEY.length + 1;
                uniqueTo = entryEnd;
            } else if (first == 'K' && isNamed(at, entryEnd, KEYS)) {
                keysAt = at + KEYS.length + 1;
                keysTo = entryEnd;
            }
            at = entryEnd + 1;
        }
    }

    /** Moves to the next key: the unique key first, then each part of KEYS. */
    boolean next() {
        if (uniqueFrom < uniqueTo) {
            from = uniqueFrom;
            to = uniqueTo;
            uniqueFrom = uniqueTo;
            return true;
        }
        while (keysAt < keysTo && bytes.get(keysAt) == ' ') {
            keysAt++;
        }
        if (keysAt >= keysTo) {
            return false;
        }
        from = keysAt;
        to = indexOf((byte) ' ', from, keysTo);
        keysAt = to + 1;
        return true;
    }

    long hash(long seed) {
        return KeyHash.hash(seed, bytes, from, to);
    }

    boolean equalTo(byte[] key) {
        if (to - from != key.length) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (bytes.get(from + i) != key[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean isNamed(int at, int entryEnd, byte[] name) {
        int valueAt = at + name.length + 1;
        if (valueAt >= entryEnd || bytes.get(valueAt - 1) != NAME_END) {
            return false;
        }
        for (int i = 1; i < name.length; i++) {
            if (bytes.get(at + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private int indexOf(byte wanted, int from, int end) {
        int at = from;
        while (at < end && bytes.get(at) != wanted) {
            at++;
        }
        return at;
    }
}
