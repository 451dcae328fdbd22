package io.orbitmq.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The compact header (protocol/01 section 4). Stateless.
 *
 * <pre>
 *   code:2 language:1 version:2 opaque:4 flag:4
 *   remarkLength:4 remark
 *   extLength:4 { keyLength:2 key valueLength:4 value }*
 * </pre>
 *
 * Writers truncate codes to 16 bits. The official broker leaves the pop codes truncated and refuses them; reading a
 * request, we give them their true value back, so that pop works with compact headers too.
 */
final class BinaryHeaderCodec {

    private static final int SHORTEST = 21;
    private static final int RESPONSE_BIT = 1;
    private static final int POP_BASE = 200_050;
    private static final int POP_FIRST = (short) POP_BASE;
    private static final int POP_LAST = (short) 200_056;
    private static final int BATCH_ACK = 200_151;

    private final ByteBuffer in;

    private BinaryHeaderCodec(ByteBuffer in) {
        this.in = in;
    }

    static Command decode(byte[] header, int offset, int length, ByteBuffer body) {
        if (length < SHORTEST) {
            throw new MalformedFrameException("a ROCKETMQ header has at least " + SHORTEST + " bytes, found " + length);
        }
        return new BinaryHeaderCodec(ByteBuffer.wrap(header, offset, length)).read(body);
    }

    private Command read(ByteBuffer body) {
        int code = in.getShort();
        Language language = Language.ofCode(in.get());
        int version = in.getShort();
        int opaque = in.getInt();
        int flag = in.getInt();
        String remark = text(checked(in.getInt(), "remark"));
        if (in.remaining() < Integer.BYTES) {
            throw new MalformedFrameException("after the remark a ROCKETMQ header needs the 4 bytes of the extFields'"
                    + " length, found " + in.remaining());
        }
        in.limit(checked(in.getInt(), "extFields block") + in.position());
        Fields fields = readFields();
        boolean request = (flag & RESPONSE_BIT) == 0;
        return new Command(request ? trueCode(code) : code, language, version, opaque, flag, remark, fields, body);
    }

    private Fields readFields() {
        Fields.Builder builder = Fields.builder();
        while (in.hasRemaining()) {
            need(Short.BYTES, "key length");
            String key = text(checked(in.getShort(), "key"));
            need(Integer.BYTES, "value length");
            builder.put(key, text(checked(in.getInt(), "value of '" + key + "'")));
            if (builder.size() > Frames.MAX_FIELDS) {
                throw new MalformedFrameException("a header has at most " + Frames.MAX_FIELDS + " extFields");
            }
        }
        return builder.build();
    }

    private void need(int bytes, String what) {
        if (in.remaining() < bytes) {
            throw new MalformedFrameException("the extFields block ends inside a " + what + ": needs " + bytes
                    + " bytes, found " + in.remaining());
        }
    }

    private int checked(int length, String what) {
        if (length < 0 || length > in.remaining()) {
            throw new MalformedFrameException("the " + what + " must have 0 to " + in.remaining()
                    + " bytes, the rest of the header; found length " + length);
        }
        return length;
    }

    private String text(int length) {
        if (length == 0) {
            return "";
        }
        String text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    private static int trueCode(int code) {
        if (code >= POP_FIRST && code <= POP_LAST) {
            return POP_BASE + code - POP_FIRST;
        }
        return code == (short) BATCH_ACK ? BATCH_ACK : code;
    }

    static void encode(Command command, ByteSink out) {
        out.writeShort(command.code());
        out.writeByte(command.language().ordinal());
        out.writeShort(command.version());
        out.writeInt(command.opaque());
        out.writeInt(command.flag());
        byte[] remark = command.remark().getBytes(StandardCharsets.UTF_8);
        out.writeInt(remark.length);
        out.writeBytes(remark);
        int lengthAt = out.size();
        out.writeInt(0);
        Fields fields = command.fields();
        for (int i = 0; i < fields.size(); i++) {
            byte[] name = fields.nameAt(i).getBytes(StandardCharsets.UTF_8);
            byte[] value = fields.valueAt(i).getBytes(StandardCharsets.UTF_8);
            out.writeShort(name.length);
            out.writeBytes(name);
            out.writeInt(value.length);
            out.writeBytes(value);
        }
        out.putInt(lengthAt, out.size() - lengthAt - Integer.BYTES);
    }
}
