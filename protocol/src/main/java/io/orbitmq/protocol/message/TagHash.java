package io.orbitmq.protocol.message;

import java.nio.ByteBuffer;

/**
 * The tag hash of protocol/03 section 7, the 32-bit Java string hash; 0 for a missing tag. Index entries hold it sign
 * extended to 64 bits.
 */
public final class TagHash {

    private TagHash() {}

    public static int of(String tag) {
        return tag.hashCode();
    }

    /** The hash of the text whose UTF-8 bytes stand at {@code position}. */
    public static int ofUtf8(ByteBuffer buffer, int position, int length) {
        int hash = 0;
        for (int i = position; i < position + length; i++) {
            byte b = buffer.get(i);
            if (b < 0) {
                return of(Utf8.text(buffer, position, length));
            }
            hash = 31 * hash + b;
        }
        return hash;
    }
}
