package io.orbitmq.protocol.frame;

import java.nio.ByteBuffer;

/**
 * Decodes the headers of one frame after another, in both serializations, and remembers the shapes and texts that they
 * repeat. The commands it gives are immutable and go anywhere; the decoder itself belongs to one thread.
 *
 * <pre>
 *   known shape? -> HeaderShape: compare, look at what changed
 *   else JSON    -> JsonHeaderScanner: the ordinary form -> else JsonHeaderReader: anything, and what is wrong with it
 *   else compact -> BinaryHeaderReader
 * </pre>
 */
public final class HeaderDecoder {

    private final TextCache texts = new TextCache();
    private final RawFieldCollector fields = new RawFieldCollector(texts);
    private final JsonHeaderScanner json = new JsonHeaderScanner(fields, texts);
    private final BinaryHeaderReader binary = new BinaryHeaderReader(fields, texts);
    private final HeaderShapes shapes = new HeaderShapes();

    /**
     * Decodes one header.
     *
     * @param headerWord the second four bytes of the frame
     * @param header exactly the header; kept, so it must not change any more
     * @param body becomes the command's body as it is
     * @throws MalformedFrameException when the header cannot be understood
     */
    public Command decode(int headerWord, byte[] header, ByteBuffer body) {
        SerializeType type = Frames.type(headerWord);
        Command similar = shapes.decode(type, header, body);
        if (similar != null) {
            return similar;
        }
        return type == SerializeType.ROCKETMQ ? decodeBinary(header, body) : decodeJson(header, body);
    }

    private Command decodeBinary(byte[] header, ByteBuffer body) {
        Command command = binary.read(header, 0, header.length, body);
        shapes.learn(SerializeType.ROCKETMQ, header, command, BinaryHeaderReader.OPAQUE);
        return command;
    }

    private Command decodeJson(byte[] header, ByteBuffer body) {
        Command ordinary = json.scan(header, 0, header.length, body);
        if (ordinary == null) {
            return JsonHeaderReader.readUnusual(header, 0, header.length, body);
        }
        shapes.learn(SerializeType.JSON, header, ordinary, json.opaqueNumber());
        return ordinary;
    }
}
