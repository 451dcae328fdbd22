package io.orbitmq.protocol.frame;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The shapes of the headers decoded last, a few for each length: headers of one length often have a longer value here and
 * a shorter one there. The shape that fits most often is asked first; the one that is asked last gives way to a new one.
 * Bounded: {@link #SETS} times {@link #WAYS} shapes of at most {@link HeaderShape#MAX_BYTES}. One thread.
 */
final class HeaderShapes {

    private static final int SETS = 64;
    private static final int WAYS = 4;
    private static final int MISSES_BEFORE_REPLACED = 8;

    /** In each set the known ones come first. */
    private final HeaderShape[] shapes = new HeaderShape[SETS * WAYS];

    private final byte[] misses = new byte[SETS];

    /** The command, or null when no known shape fits. */
    Command decode(SerializeType type, byte[] header, ByteBuffer body) {
        int first = set(type, header) * WAYS;
        for (int i = first; i < first + WAYS && shapes[i] != null; i++) {
            Command command = shapes[i].decode(header, body);
            if (command != null) {
                if (i > first) {
                    moveUp(i);
                }
                return command;
            }
        }
        return null;
    }

    private void moveUp(int place) {
        HeaderShape shape = shapes[place];
        shapes[place] = shapes[place - 1];
        shapes[place - 1] = shape;
    }

    /** Takes a header that fitted no shape as the next shape, unless others still do well at its place. */
    void learn(SerializeType type, byte[] header, Command command, OpaqueNumber opaque) {
        int set = set(type, header);
        int place = set * WAYS;
        while (place < set * WAYS + WAYS - 1 && shapes[place] != null) {
            place++;
        }
        if (shapes[place] != null && ++misses[set] < MISSES_BEFORE_REPLACED) {
            return;
        }
        misses[set] = 0;
        List<HeaderShape> learned = HeaderShape.of(command, header, opaque);
        if (!learned.isEmpty()) {
            shapes[place] = learned.get(0);
        }
    }

    private static int set(SerializeType type, byte[] header) {
        return (header.length << 1 | type.ordinal()) & SETS - 1;
    }
}
