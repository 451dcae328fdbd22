package io.orbitmq.protocol.frame;

import java.nio.ByteBuffer;

/**
 * Decodes the headers of one frame after another, in both serializations, and remembers the texts that they repeat. The
 * commands it gives are immutable and go anywhere; the decoder itself belongs to one thread.
 */
public final class HeaderDecoder {

    private final TextCache texts = new TextCache();
    private final RawFieldCollector fields = new RawFieldCollector(texts);
    private final JsonHeaderScanner json = new JsonHeaderScanner(fields, texts);
    private final BinaryHeaderReader binary = new BinaryHeaderReader(fields, texts);

    /**
     * Decodes one header.
     *
     * @param headerWord the second four bytes of the frame
     * @param header holds the header from {@code offset} for {@code length} bytes; kept, so it must not change any more
     * @param body becomes the command's body as it is
     * @throws MalformedFrameException when the header cannot be understood
     */
    public Command decode(int headerWord, byte[] header, int offset, int length, ByteBuffer body) {
        if (Frames.type(headerWord) == SerializeType.ROCKETMQ) {
            return binary.read(header, offset, length, body);
        }
        Command ordinary = json.scan(header, offset, length, body);
        return ordinary != null ? ordinary : JsonHeaderReader.readUnusual(header, offset, length, body);
    }
}
