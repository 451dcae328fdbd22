package io.orbitmq.protocol.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Frames to bytes and back, in both header serializations. Stateless; any thread. Source: protocol/01 sections 1, 3, 4.
 *
 * <pre>
 *   0        4            8                8+headerLength        4+length
 *   +--------+------------+----------------+---------------------+
 *   | length | headerWord | header         | body                |
 *   +--------+------------+----------------+---------------------+
 *   headerWord: bits 31..24 serialize type (0 JSON, 1 ROCKETMQ), bits 23..0 headerLength
 * </pre>
 */
public final class Frames {

    /** Largest frame, the length field included. */
    public static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;

    /**
     * Largest header. The largest legitimate one carries 32767 bytes of properties, each written as {@code \\u0001} at
     * worst; the frame limit alone would let one header cost many times its size in small strings.
     */
    public static final int MAX_HEADER_BYTES = 1024 * 1024;

    /** Most extFields of one header; ordinary ones have about fifteen. */
    public static final int MAX_FIELDS = 1024;

    /** Bytes before the header: the length field and the header word. */
    public static final int PREFIX_BYTES = 8;

    private static final int LENGTH_BYTES = 4;
    private static final int WORD_BYTES = 4;
    private static final int HEADER_LENGTH_MASK = 0xFFFFFF;
    private static final SerializeType[] TYPES = SerializeType.values();

    private Frames() {}

    /**
     * Checks the first four bytes of a frame.
     *
     * @param length bytes that follow the length field
     * @throws MalformedFrameException when no frame can have this length
     */
    public static void checkLength(int length) {
        if (length < WORD_BYTES || length > MAX_FRAME_BYTES - LENGTH_BYTES) {
            throw new MalformedFrameException("the frame's length field must be " + WORD_BYTES + " to "
                    + (MAX_FRAME_BYTES - LENGTH_BYTES) + ", found " + length);
        }
    }

    /**
     * Checks the second four bytes of a frame.
     *
     * @param headerWord the second four bytes
     * @param length the frame's length field
     * @throws MalformedFrameException when the serialize type is unknown or the header does not fit into the frame
     */
    public static void checkHeaderWord(int headerWord, int length) {
        type(headerWord);
        int headerLength = headerLength(headerWord);
        int most = Math.min(length - WORD_BYTES, MAX_HEADER_BYTES);
        if (headerLength > most) {
            throw new MalformedFrameException("the header of a frame with length field " + length
                    + " must have at most " + most + " bytes, found " + headerLength);
        }
    }

    /** The header's length in bytes, of a header word that was checked. */
    public static int headerLength(int headerWord) {
        return headerWord & HEADER_LENGTH_MASK;
    }

    /**
     * Decodes one frame; for many use a {@link HeaderDecoder}.
     *
     * @param headerWord the second four bytes of the frame
     * @param header holds the header from {@code offset} for {@code length} bytes; not kept
     * @param body becomes the command's body as it is
     * @throws MalformedFrameException when the header cannot be understood
     */
    public static Command decode(int headerWord, byte[] header, int offset, int length, ByteBuffer body) {
        return new HeaderDecoder().decode(headerWord, Arrays.copyOfRange(header, offset, offset + length), body);
    }

    /**
     * Writes everything of a frame but the body: length field, header word and header.
     *
     * @param command whose body is not looked at
     * @param bodyLength bytes of the body that will follow
     * @param out where to append; on failure its size is as before
     * @throws IllegalArgumentException when the frame would be larger than {@link #MAX_FRAME_BYTES}
     */
    public static void encodeHead(Command command, int bodyLength, SerializeType type, ByteSink out) {
        int start = out.size();
        out.writeInt(0);
        out.writeInt(0);
        switch (type) {
            case JSON -> JsonHeaderWriter.write(command, out);
            case ROCKETMQ -> BinaryHeaderWriter.write(command, out);
        }
        int headerLength = out.size() - start - PREFIX_BYTES;
        long length = (long) WORD_BYTES + headerLength + bodyLength;
        if (length + LENGTH_BYTES > MAX_FRAME_BYTES || headerLength > HEADER_LENGTH_MASK) {
            out.truncate(start);
            throw new IllegalArgumentException("a frame has at most " + MAX_FRAME_BYTES + " bytes; code "
                    + command.code() + " with a header of " + headerLength + " and a body of " + bodyLength
                    + " bytes does not fit, answer with less");
        }
        out.putInt(start, (int) length);
        out.putInt(start + LENGTH_BYTES, type.ordinal() << 24 | headerLength);
    }

    static SerializeType type(int headerWord) {
        int code = headerWord >>> 24;
        if (code >= TYPES.length) {
            throw new MalformedFrameException(
                    "the header's serialize type must be 0 (JSON) or 1 (ROCKETMQ), found " + code);
        }
        return TYPES[code];
    }
}
