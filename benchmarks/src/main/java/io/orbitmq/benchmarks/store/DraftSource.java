package io.orbitmq.benchmarks.store;

import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Gives one message after another as a producer's library makes them: a unique key and a tag. It is always the same draft
 * with another key, so that making it costs next to nothing. One thread.
 */
final class DraftSource {

    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final String KEY_START = "7F00000100002A139A0B";
    private static final int COUNTER_DIGITS = 12;

    private final MessageDraft draft;
    private final byte[] properties;
    private final int counterAt;
    private long number;

    /** @param first number of the first message; no two sources of one store should overlap */
    DraftSource(int bodyBytes, long first) {
        String start = "UNIQ_KEY\u0001" + KEY_START;
        String text = start + "0".repeat(COUNTER_DIGITS) + "\u0002WAIT\u0001true\u0002TAGS\u0001TagA\u0002";
        HostAddress host = HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));
        this.properties = text.getBytes(StandardCharsets.US_ASCII);
        this.counterAt = start.length();
        this.number = first;
        this.draft = new MessageDraft(
                0,
                0,
                1_700_000_000_000L,
                host,
                host,
                0,
                0,
                ByteBuffer.allocateDirect(bodyBytes),
                ByteBuffer.wrap(properties));
    }

    MessageDraft next() {
        long rest = number++;
        for (int i = COUNTER_DIGITS - 1; i >= 0; i--) {
            properties[counterAt + i] = DIGITS[(int) rest & 15];
            rest >>>= 4;
        }
        return draft;
    }
}
