package io.orbitmq.protocol.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;
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

    private static final byte FIXED = -1;
    private static final byte OPAQUE = MAX_FIELDS;

    private final Command pattern;
    private final FieldList fields;
    private final byte[] bytes;
    private final OpaqueNumber opaque;
    /** For each byte the number of the value it may change with, or {@link #FIXED}. */
    private final byte[] owners;

    private HeaderShape(Command pattern, FieldList fields, byte[] bytes, OpaqueNumber opaque) {
        this.pattern = pattern;
        this.fields = fields;
        this.bytes = bytes;
        this.opaque = opaque;
        this.owners = new byte[bytes.length];
        Arrays.fill(owners, FIXED);
        for (int i = 0; i < fields.size(); i++) {
            own(fields.raw(), i);
        }
        Arrays.fill(owners, opaque.start(), opaque.end(), OPAQUE);
    }

    /**
     * What a reader has decoded as a shape.
     *
     * @param header the whole header, kept
     * @return one shape, or none when the header is too large or its opaque was not found
     */
    static List<HeaderShape> of(Command command, byte[] header, OpaqueNumber opaque) {
        FieldList fields = command.fields().list();
        boolean fits = header.length <= MAX_BYTES && fields.size() <= MAX_FIELDS && fields.isRaw() && opaque.isFound();
        return fits ? List.of(new HeaderShape(command, fields, header, opaque)) : List.of();
    }

    /** The bytes of a value may change, those of its escapes may not. */
    private void own(RawValues raw, int index) {
        int end = raw.end(index);
        for (int at = raw.start(index); at < end; at++) {
            if (bytes[at] == '\\' && raw.isEscaped(index)) {
                at += JsonEscapes.length(bytes, at + 1, end);
            } else {
                owners[at] = (byte) index;
            }
        }
    }

    /** The command of another header, or null when it is not of this shape. */
    Command decode(byte[] header, ByteBuffer body) {
        if (header.length != bytes.length) {
            return null;
        }
        long changes = changes(header);
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
        Fields changed = fields.size() == 0 ? Fields.NONE : new Fields(fields.withValuesOf(header, changes));
        return new Command(
                pattern.code(),
                pattern.language(),
                pattern.version(),
                number,
                pattern.flag(),
                pattern.remark(),
                changed,
                body);
    }

    /** A bit for each value that differs; -1 when something else does. */
    private long changes(byte[] header) {
        long changes = 0;
        int length = bytes.length;
        int at = Arrays.mismatch(bytes, header);
        while (at >= 0) {
            byte owner = owners[at];
            if (owner == FIXED) {
                return -1;
            }
            changes |= 1L << owner;
            // values often differ in several bytes in a row
            while (at < length && owners[at] == owner) {
                byte b = header[at];
                if (b != bytes[at] && !mayBe(b, owner)) {
                    return -1;
                }
                at++;
            }
            int next = at < length ? Arrays.mismatch(bytes, at, length, header, at, length) : -1;
            at = next < 0 ? -1 : at + next;
        }
        return changes;
    }

    /** Whether a value stays one value with this byte in it; the opaque is looked at as a whole. */
    private boolean mayBe(byte b, byte owner) {
        return owner == OPAQUE || opaque.isBinary() || b != '"' && b != '\\';
    }
}
