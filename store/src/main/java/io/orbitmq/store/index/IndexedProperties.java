package io.orbitmq.store.index;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.TagHash;
import java.nio.ByteBuffer;

/**
 * What is indexed of a record's properties (protocol/03 section 3, empty values count as absent): the tags, the unique key
 * and the keys. Reused by one thread; allocates nothing.
 *
 * <pre>{@code
 * properties.over(record, position, length, stamp);
 * long code = properties.tagsCode();
 * while (properties.nextKey()) { ... properties.keyHash(queue) ... }
 * }</pre>
 */
public final class IndexedProperties {

    private static final byte KEY_END = ' ';
    private static final byte[] NO_STAMP = {};
    private static final int NOWHERE = -1;

    private final FoundProperties found = new FoundProperties();
    private final Stamp stamp = new Stamp();
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int stampedKeyFrom;
    /** Whether the unique key is the next key. */
    private boolean uniqueKeyNext;

    private int keysAt;
    /** The current key. */
    private int from;

    private int to;

    /** The stamp seen last, which many records share. */
    private static final class Stamp {

        private final FoundProperties found = new FoundProperties();
        private byte[] bytes = NO_STAMP;
        /** Where it stood when it was looked through. */
        private int at;
        /** The queue {@link #keyHash} is for; null when the unique key was not hashed yet. */
        private IndexedQueue hashedFor;

        private long keyHash;

        private void learn(ByteBuffer buffer, int stampAt, byte[] stampBytes) {
            found.find(buffer, stampAt, stampAt + stampBytes.length);
            bytes = stampBytes;
            at = stampAt;
            hashedFor = null;
        }
    }

    /**
     * Takes the properties of a record that was just written from a draft, at {@code [position, position + length)}: they end
     * in the draft's stamp and the checksum entry. A stamp met again is not looked through again.
     */
    public IndexedProperties over(ByteBuffer buffer, int position, int length, byte[] stampBytes) {
        int stampAt = position + length - MessageRecord.CHECKSUM_BYTES - stampBytes.length;
        if (stampBytes != stamp.bytes) {
            stamp.learn(buffer, stampAt, stampBytes);
        }
        found.find(buffer, position, stampAt);
        found.add(stamp.found, stampAt - stamp.at);
        return begin(buffer, stamp.found.hasUniqueKey() ? found.uniqueFrom : NOWHERE);
    }

    /** Takes the properties at {@code [position, position + length)} of a big-endian buffer. */
    public IndexedProperties over(ByteBuffer buffer, int position, int length) {
        found.find(buffer, position, position + length);
        return begin(buffer, NOWHERE);
    }

    private IndexedProperties begin(ByteBuffer buffer, int newStampedKeyFrom) {
        bytes = buffer;
        stampedKeyFrom = newStampedKeyFrom;
        uniqueKeyNext = found.hasUniqueKey();
        keysAt = found.keysFrom;
        return this;
    }

    /** The hash of the tags (protocol/03 section 7), 0 without tags. */
    public int tagsCode() {
        int length = found.tagsTo - found.tagsFrom;
        return length == 0 ? 0 : TagHash.ofUtf8(bytes, found.tagsFrom, length);
    }

    /** Moves to the next key: the unique key first, then each part of the keys. */
    boolean nextKey() {
        if (uniqueKeyNext) {
            from = found.uniqueFrom;
            to = found.uniqueTo;
            uniqueKeyNext = false;
            return true;
        }
        int keysTo = found.keysTo;
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
}
