package io.orbitmq.store.index;

import io.orbitmq.protocol.message.TopicBytes;
import java.nio.ByteBuffer;

/**
 * A topic's name of up to 32 letters of ASCII, as nearly all are, inside the object that bears it: where there are very many queues
 * no name is in the processor's cache, and one that lay elsewhere would be one more wait for memory. Any other name
 * lies elsewhere. Never changes.
 */
abstract class InlineName implements TopicBytes {

    private static final int MAX_BYTES = 4 * Long.BYTES;
    private static final int LAST_ASCII = 0x7F;

    /** -1 when the name is not in here. */
    private final byte lengthInline;

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    InlineName(String name) {
        boolean inline = isInline(name);
        this.lengthInline = (byte) (inline ? name.length() : -1);
        this.first = inline ? word(name, 0) : 0;
        this.second = inline ? word(name, Long.BYTES) : 0;
        this.third = inline ? word(name, 2 * Long.BYTES) : 0;
        this.fourth = inline ? word(name, 3 * Long.BYTES) : 0;
    }

    /** Whether {@link #longName} is not needed for it. */
    static boolean isInline(String name) {
        return name.length() <= MAX_BYTES && isAscii(name);
    }

    private static boolean isAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > LAST_ASCII) {
                return false;
            }
        }
        return true;
    }

    /** Eight letters, the first uppermost, zeros for those behind the last. */
    private static long word(String name, int from) {
        long word = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            word = word << Byte.SIZE | (i < name.length() ? name.charAt(i) : 0);
        }
        return word;
    }

    /** The name where it is not inline. */
    abstract byte[] longName();

    @Override
    public final int topicLength() {
        return lengthInline >= 0 ? lengthInline : longName().length;
    }

    @Override
    public final void writeTo(ByteBuffer target) {
        int length = lengthInline;
        if (length < 0) {
            target.put(longName());
            return;
        }
        int at = target.position();
        target.position(at + length);
        target.putLong(at, first);
        if (length > Long.BYTES) {
            target.putLong(at + Long.BYTES, second);
        }
        if (length > 2 * Long.BYTES) {
            target.putLong(at + 2 * Long.BYTES, third);
        }
        if (length > 3 * Long.BYTES) {
            target.putLong(at + 3 * Long.BYTES, fourth);
        }
    }

    /** What the hashes of the topic's keys start from, see {@link KeyHash#seed}. */
    final long keySeed() {
        return lengthInline >= 0 ? KeyHash.seed(first, second, third, fourth, lengthInline) : KeyHash.seed(longName());
    }
}
