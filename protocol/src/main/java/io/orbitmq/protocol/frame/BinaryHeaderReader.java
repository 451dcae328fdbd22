package io.orbitmq.protocol.frame;

import java.nio.ByteBuffer;

/**
 * Reads compact headers (protocol/01 section 4; the picture is at {@link BinaryHeaderWriter}), one after another. Values
 * stay where they stand until somebody asks for them. One thread.
 *
 * <p>Writers truncate codes to 16 bits. The official broker leaves the pop codes truncated and refuses them; reading a
 * request, we give them their true value back, so that pop works with compact headers too.
 */
final class BinaryHeaderReader {

    /** Behind code, language and version. */
    static final OpaqueNumber OPAQUE = new OpaqueNumber(5, 9, true);

    private static final int SHORTEST = 21;
    private static final int RESPONSE_BIT = 1;
    private static final int POP_BASE = 200_050;
    private static final int POP_FIRST = (short) POP_BASE;
    private static final int POP_LAST = (short) 200_056;
    private static final int BATCH_ACK = 200_151;

    private final RawFieldCollector fields;
    private final TextCache texts;

    BinaryHeaderReader(RawFieldCollector fields, TextCache texts) {
        this.fields = fields;
        this.texts = texts;
    }

    Command read(byte[] header, int offset, int length, ByteBuffer body) {
        if (length < SHORTEST) {
            throw new MalformedFrameException("a ROCKETMQ header has at least " + SHORTEST + " bytes, found " + length);
        }
        ByteBuffer in = ByteBuffer.wrap(header, offset, length);
        int code = in.getShort();
        Language language = Language.ofCode(in.get());
        int version = in.getShort();
        int opaque = in.getInt();
        int flag = in.getInt();
        int remarkStart = in.position() + Integer.BYTES;
        skip(in, in.getInt(), "remark");
        String remark = texts.text(header, remarkStart, in.position());
        if (in.remaining() < Integer.BYTES) {
            throw new MalformedFrameException("after the remark a ROCKETMQ header needs the 4 bytes of the extFields'"
                    + " length, found " + in.remaining());
        }
        in.limit(checked(in, in.getInt(), "extFields block") + in.position());
        boolean request = (flag & RESPONSE_BIT) == 0;
        Fields read = readFields(header, in);
        return new Command(request ? trueCode(code) : code, language, version, opaque, flag, remark, read, body);
    }

    private Fields readFields(byte[] header, ByteBuffer in) {
        fields.clear();
        while (in.hasRemaining()) {
            need(in, Short.BYTES, "key length");
            int nameLength = in.getShort();
            int nameStart = in.position();
            skip(in, nameLength, "key");
            int known = KnownNames.find(header, nameStart, nameLength);
            String name = known >= 0 ? KnownNames.name(known) : texts.text(header, nameStart, nameStart + nameLength);
            need(in, Integer.BYTES, "value length");
            int valueLength = in.getInt();
            int valueStart = in.position();
            if (valueLength < 0 || valueLength > in.remaining()) {
                throw wrongLength(in, valueLength, "value of '" + name + "'");
            }
            in.position(valueStart + valueLength);
            fields.put(known, name, valueStart, valueStart + valueLength, valueLength);
            if (fields.size() > Frames.MAX_FIELDS) {
                throw new MalformedFrameException("a header has at most " + Frames.MAX_FIELDS + " extFields");
            }
        }
        return fields.build(header);
    }

    private static void skip(ByteBuffer in, int length, String what) {
        in.position(in.position() + checked(in, length, what));
    }

    private static void need(ByteBuffer in, int bytes, String what) {
        if (in.remaining() < bytes) {
            throw new MalformedFrameException("the extFields block ends inside a " + what + ": needs " + bytes
                    + " bytes, found " + in.remaining());
        }
    }

    private static int checked(ByteBuffer in, int length, String what) {
        if (length < 0 || length > in.remaining()) {
            throw wrongLength(in, length, what);
        }
        return length;
    }

    private static MalformedFrameException wrongLength(ByteBuffer in, int length, String what) {
        return new MalformedFrameException("the " + what + " must have 0 to " + in.remaining()
                + " bytes, the rest of the header; found length " + length);
    }

    private static int trueCode(int code) {
        if (code >= POP_FIRST && code <= POP_LAST) {
            return POP_BASE + code - POP_FIRST;
        }
        return code == (short) BATCH_ACK ? BATCH_ACK : code;
    }
}
