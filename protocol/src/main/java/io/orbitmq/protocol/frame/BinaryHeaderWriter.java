package io.orbitmq.protocol.frame;

/**
 * Writes the compact header (protocol/01 section 4). Stateless.
 *
 * <pre>
 *   code:2 language:1 version:2 opaque:4 flag:4
 *   remarkLength:4 remark
 *   extLength:4 { keyLength:2 key valueLength:4 value }*
 * </pre>
 */
final class BinaryHeaderWriter {

    private BinaryHeaderWriter() {}

    static void write(Command command, ByteSink out) {
        out.writeShort(command.code());
        out.writeByte(command.language().ordinal());
        out.writeShort(command.version());
        out.writeInt(command.opaque());
        out.writeInt(command.flag());
        int remarkLengthAt = out.size();
        out.writeInt(0);
        out.writeUtf8(command.remark());
        out.putInt(remarkLengthAt, out.size() - remarkLengthAt - Integer.BYTES);
        int lengthAt = out.size();
        out.writeInt(0);
        command.fields().writeTo(new BinaryFieldSink(out));
        out.putInt(lengthAt, out.size() - lengthAt - Integer.BYTES);
    }
}
