package io.orbitmq.protocol.frame;

import java.nio.charset.StandardCharsets;

/** UTF-8 bytes of texts. Stateless. */
final class Utf8Text {

    private static final byte[] NOTHING = {};

    private Utf8Text() {}

    static byte[] bytes(String text) {
        return text.isEmpty() ? NOTHING : text.getBytes(StandardCharsets.UTF_8);
    }
}
