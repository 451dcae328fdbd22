package io.orbitmq.protocol.message;

import java.nio.charset.StandardCharsets;

/**
 * A text where it stands, in UTF-8.
 *
 * @param bytes kept, not to be changed
 * @param from index of its first byte
 * @param to index behind its last
 */
public record Utf8Range(byte[] bytes, int from, int to) {

    /** No text. */
    public static final Utf8Range EMPTY = new Utf8Range(new byte[0], 0, 0);

    /** A text as bytes of its own. */
    public static Utf8Range of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Utf8Range(bytes, 0, bytes.length);
    }

    public boolean isEmpty() {
        return from == to;
    }

    /** The text. */
    public String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text();
    }
}
