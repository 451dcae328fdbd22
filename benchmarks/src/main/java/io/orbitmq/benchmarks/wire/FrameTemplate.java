package io.orbitmq.benchmarks.wire;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.frame.ByteSink;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.SerializeType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * One encoded request whose opaque, and optionally one ten-digit number, the time of a send and the first eight body bytes,
 * are overwritten in place. Opaques of templates have ten digits, so that a patch never moves a byte. Owned by one thread.
 */
public final class FrameTemplate {

    /** Opaques start here to have ten digits each. */
    public static final int FIRST_OPAQUE = 1_000_000_000;

    /** Stands in a unique key where the template writes its running number. */
    public static final String KEY_NUMBER = "0123456789";

    private static final int DIGITS = 10;
    private static final int NO_KEY = -1;
    /** The birth time of a send in its short form. */
    private static final String BORN_FIELD = "\"g\":\"";

    /** Leading digits of a time in milliseconds that change too seldom to matter here. */
    private static final int STILL_DIGITS = 3;

    private final byte[] frame;
    private final int opaqueAt;
    private final int bodyAt;
    private final int keyNumberAt;
    private final int bornAt;
    private final LongSupplier now;
    private long keyNumber;

    private FrameTemplate(byte[] frame, int opaqueAt, int bodyAt) {
        this.frame = frame;
        this.opaqueAt = opaqueAt;
        this.bodyAt = bodyAt;
        this.keyNumberAt = NO_KEY;
        this.bornAt = NO_KEY;
        this.now = () -> 0;
    }

    private FrameTemplate(FrameTemplate plain, long firstKeyNumber, Clock clock) {
        this.frame = plain.frame;
        this.opaqueAt = plain.opaqueAt;
        this.bodyAt = plain.bodyAt;
        this.keyNumberAt = plain.find(KEY_NUMBER);
        this.bornAt = plain.find(BORN_FIELD) + BORN_FIELD.length() + STILL_DIGITS;
        this.now = clock::epochMs;
        this.keyNumber = firstKeyNumber;
    }

    /**
     * A send as a producer repeats it: its unique key ends in a number that grows from {@code firstKeyNumber} with every
     * write, and it is born when it is written, by this clock.
     */
    public static FrameTemplate numbered(Command request, long firstKeyNumber, Clock clock) {
        return new FrameTemplate(of(request), firstKeyNumber, clock);
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
        return new FrameTemplate(frame, indexOf(frame, marker) + marker.length, headBytes);
    }

    public int sizeBytes() {
        return frame.length;
    }

    /** Copies the frame with {@code opaque} into {@code target}. */
    public void write(ByteBuffer target, int opaque) {
        putDigits(opaqueAt, opaque);
        if (keyNumberAt != NO_KEY) {
            putDigits(keyNumberAt, keyNumber++);
            putDigits(bornAt, now.getAsLong());
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

    /** Overwrites what stands at {@code position}. */
    public void put(int position, byte[] bytes) {
        System.arraycopy(bytes, 0, frame, position, bytes.length);
    }

    /** Overwrites the digit at {@code position}. */
    public void putDigit(int position, int digit) {
        frame[position] = (byte) ('0' + digit);
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
