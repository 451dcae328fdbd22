package io.orbitmq.protocol.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text out of a buffer without moving its position. Stateless. */
final class Utf8 {

    private Utf8() {}

    static String text(ByteBuffer buffer, int position, int length) {
        if (length == 0) {
            return "";
        }
        if (buffer.hasArray()) {
            return new String(buffer.array(), buffer.arrayOffset() + position, length, StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[length];
        buffer.get(position, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
