package io.orbitmq.protocol.message;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The server's message id (protocol/03 section 6): upper-case hexadecimal of the store host and the record's byte place
 * in the log; 32 digits with an IPv4 host, 56 with IPv6. Clients connect to exactly this host to read the message.
 *
 * @param storeHost the broker's client address
 * @param position byte place in the log
 */
public record OffsetMessageId(HostAddress storeHost, long position) {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int IPV4_DIGITS = 32;
    private static final int IPV6_DIGITS = 56;

    /** The parts of {@code text}; empty when it is not such an id. */
    public static Optional<OffsetMessageId> decode(String text) {
        if (text.length() != IPV4_DIGITS && text.length() != IPV6_DIGITS) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex(text));
            HostAddress host = HostAddress.read(bytes, 0, text.length() == IPV6_DIGITS);
            return Optional.of(new OffsetMessageId(host, bytes.getLong(host.sizeBytes())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(storeHost.sizeBytes() + Long.BYTES);
        storeHost.writeTo(bytes);
        return HEX.formatHex(bytes.putLong(position).array());
    }
}
