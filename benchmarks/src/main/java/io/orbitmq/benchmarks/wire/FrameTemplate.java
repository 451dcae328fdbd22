package io.orbitmq.benchmarks.wire;

import io.orbitmq.protocol.frame.ByteSink;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.SerializeType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One encoded request whose opaque, and optionally one ten-digit number and the first eight body bytes, are overwritten
 * in place. Opaques of templates have ten digits, so that a patch never moves a byte. Owned by one thread.
 */
public final class FrameTemplate {

    /** Opaques start here to have ten digits each. */
    public static final int FIRST_OPAQUE = 1_000_000_000;

    /** Stands in a unique key where the template writes its running number. */
    public static final String KEY_NUMBER = "0123456789";

    private static final int DIGITS = 10;
    private static final int NO_KEY = -1;

    private final byte[] frame;
    private final int opaqueAt;
    private final int bodyAt;
    private final int keyNumberAt;
    private long keyNumber;

    private FrameTemplate(byte[] frame, int opaqueAt, int bodyAt, int keyNumberAt, long keyNumber) {
        this.frame = frame;
        this.opaqueAt = opaqueAt;
        this.bodyAt = bodyAt;
        this.keyNumberAt = keyNumberAt;
        this.keyNumber = keyNumber;
    }

    /** A send whose unique key ends in a number that grows from {@code firstKeyNumber} with every write. */
    public static FrameTemplate numbered(Command request, long firstKeyNumber) {
        FrameTemplate plain = of(request);
        return new FrameTemplate(plain.frame, plain.opaqueAt, plain.bodyAt, plain.find(KEY_NUMBER), firstKeyNumber);
    }

    /** A request or an answer as it is. */
    public static FrameTemplate of(Command request) {
        byte[] body = request.bodyBytes();
        ByteSink sink = new ByteSink(1024);
        Frames.encodeHead(request.withOpaque(FIRST_OPAQUE), body.length, SerializeType.JSON, sink);
        int headBytes = sink.size();
        sink.writeBytes(body);
        byte[] frame = sink.toByteArray();
        byte[] marker = "\"opaque\":".getBytes(StandardCharsets.US_ASCII);
        return new FrameTemplate(frame, indexOf(frame, marker) + marker.length, headBytes, NO_KEY, 0);
    }

    public int sizeBytes() {
        return frame.length;
    }

    /** Copies the frame with {@code opaque} into {@code target}. */
    public void write(ByteBuffer target, int opaque) {
        putDigits(opaqueAt, opaque);
        if (keyNumberAt != NO_KEY) {
            putDigits(keyNumberAt, keyNumber++);
        }
        target.put(frame);
    }

    /** Overwrites the number that stands as ten digits at {@code position}. */
    public void putDigits(int position, long number) {
        long rest = number;
        for (int i = position + DIGITS - 1; i >= position; i--) {
            frame[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Where {@code text} starts in the frame. */
    public int find(String text) {
        return indexOf(frame, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Overwrites the first eight bytes of the body. */
    public void stampBody(long value) {
        ByteBuffer.wrap(frame).putLong(bodyAt, value);
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "the frame must contain '" + new String(wanted, StandardCharsets.UTF_8) + "', but does not");
    }
}
