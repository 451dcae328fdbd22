package io.orbitmq.protocol.frame;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The shapes of the headers decoded last, by their length. A shape that keeps missing gives way to a newer one. Bounded:
 * {@link #PLACES} shapes of at most {@link HeaderShape#MAX_BYTES}. One thread.
 */
final class HeaderShapes {

    private static final int PLACES = 128;
    private static final int MISSES_BEFORE_REPLACED = 8;

    private final HeaderShape[] shapes = new HeaderShape[PLACES];
    private final byte[] misses = new byte[PLACES];

    /** The command, or null when no known shape fits. */
    Command decode(SerializeType type, byte[] header, ByteBuffer body) {
        int place = place(type, header);
        HeaderShape shape = shapes[place];
        return shape == null ? null : shape.decode(header, body);
    }

    /** Takes a header that fitted no shape as the next shape, unless another still does well at its place. */
    void learn(SerializeType type, byte[] header, Command command, OpaqueNumber opaque) {
        int place = place(type, header);
        if (shapes[place] != null && ++misses[place] < MISSES_BEFORE_REPLACED) {
            return;
        }
        misses[place] = 0;
        List<HeaderShape> learned = HeaderShape.of(command, header, opaque);
        shapes[place] = learned.isEmpty() ? null : learned.get(0);
    }

    private static int place(SerializeType type, byte[] header) {
        return (header.length << 1 | type.ordinal()) & PLACES - 1;
    }
}
