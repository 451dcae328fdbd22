package io.orbitmq.protocol.frame;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A header that was decoded before, as the pattern of those that follow: clients send the same header again and again
 * with another opaque, key, offset or time. A header of the same length that differs only inside values is understood by
 * comparing bytes, many at once; a value that did not change keeps its text. Anything else is not of this shape, and the
 * readers decode it. Immutable; safe for any thread.
 *
 * <pre>
 *   {"code":310,"extFields":{"a":"group","e":"3","g":"1795225017881"},"flag":0,...,"opaque":4711,...}
 *   =========================00000=======1=======2222222222222==========================oooo=========   = may not change
 * </pre>
 */
final class HeaderShape {

    /** Most fields of a header that becomes a shape: their changes are bits. */
    static final int MAX_FIELDS = 32;

    /** Longest header that becomes a shape. */
    static final int MAX_BYTES = 2048;

    private static final int OPAQUE = MAX_FIELDS;
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final Command pattern;
    private final FieldLayout layout;
    private final OpaqueNumber opaque;
    private final ChangeMap places;

    private HeaderShape(Command pattern, FieldLayout layout, OpaqueNumber opaque, ChangeMap places) {
        this.pattern = pattern;
        this.layout = layout;
        this.opaque = opaque;
        this.places = places;
    }

    /**
     * What a reader has decoded as a shape.
     *
     * @param header the whole header, kept
     * @return one shape, or none when the header is too large or has no fields, or its opaque was not found
     */
    static List<HeaderShape> of(Command command, byte[] header, OpaqueNumber opaque) {
        boolean fits = header.length <= MAX_BYTES && header.length >= Long.BYTES && opaque.isFound();
        if (!fits || !(command.fields() instanceof ReceivedFields fields) || fields.size() > MAX_FIELDS) {
            return List.of();
        }
        FieldLayout layout = fields.layout();
        ChangeMap places = new ChangeMap(header, opaque.isBinary());
        boolean separate = places.own(opaque.start(), opaque.end(), OPAQUE);
        for (int i = 0; i < layout.size(); i++) {
            separate &= ownValue(places, header, layout, i);
        }
        return separate ? List.of(new HeaderShape(command.withBody(NO_BODY), layout, opaque, places)) : List.of();
    }

    /** The bytes of a value may change, those of its escapes may not. */
    private static boolean ownValue(ChangeMap places, byte[] header, FieldLayout layout, int field) {
        boolean separate = true;
        int end = layout.end(field);
        int from = layout.start(field);
        for (int at = from; at < end && layout.isEscaped(field); at++) {
            if (header[at] == '\\') {
                separate &= places.own(from, at, field);
                at += JsonEscapes.length(header, at + 1, end);
                from = at + 1;
            }
        }
        return separate & places.own(from, end, field);
    }

    /** The command of another header, which is kept, or null when it is not of this shape. */
    Command decode(byte[] header, ByteBuffer body) {
        long changes = places.changes(header);
        if (changes < 0) {
            return null;
        }
        int number = pattern.opaque();
        if ((changes & 1L << OPAQUE) != 0) {
            long read = opaque.read(header);
            if (read != (int) read) {
                return null;
            }
            number = (int) read;
        }
        return new Command(
                pattern.code(),
                pattern.language(),
                pattern.version(),
                number,
                pattern.flag(),
                pattern.remark(),
                new ReceivedFields(header, layout, (int) changes),
                body);
    }
}
