package io.orbitmq.protocol.message;

import io.orbitmq.protocol.frame.ByteSink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A host as it stands in a record: 4 or 16 raw address bytes, then the port as a 4-byte int (protocol/03 section 1,
 * fields 10 and 12). Immutable.
 */
public final class HostAddress {

    private static final int PORT_BYTES = 4;
    private static final int IPV4_BYTES = 4 + PORT_BYTES;

    private final byte[] encoded;
    /** The same of an IPv4 host as a number, as its eight bytes are written at once. */
    private final long ipv4;
    /** The same in hexadecimal, made when somebody asks; threads may make it twice. */
    private byte[] hex;

    private HostAddress(byte[] encoded) {
        this.encoded = encoded;
        this.ipv4 = encoded.length == IPV4_BYTES ? ByteBuffer.wrap(encoded).getLong() : 0;
    }

    /** @param address a resolved address */
    public static HostAddress of(InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        ByteBuffer bytes = ByteBuffer.allocate(ip.length + PORT_BYTES);
        bytes.put(ip).putInt(address.getPort());
        return new HostAddress(bytes.array());
    }

    /** Reads 8 or 20 bytes at {@code position}. */
    public static HostAddress read(ByteBuffer source, int position, boolean ipv6) {
        byte[] bytes = new byte[(ipv6 ? 16 : 4) + PORT_BYTES];
        source.get(position, bytes);
        return new HostAddress(bytes);
    }

    public boolean isIpv6() {
        return encoded.length > IPV4_BYTES;
    }

    /** 8 or 20. */
    public int sizeBytes() {
        return encoded.length;
    }

    /** Writes the bytes at the position of a big-endian buffer and moves that behind them. */
    public void writeTo(ByteBuffer target) {
        if (encoded.length == IPV4_BYTES) {
            target.putLong(ipv4);
        } else {
            target.put(encoded);
        }
    }

    /** Appends the bytes in upper-case hexadecimal. */
    void writeHex(ByteSink out) {
        byte[] known = hex;
        if (known == null) {
            ByteSink made = new ByteSink(2 * encoded.length);
            for (byte b : encoded) {
                made.writeHex(b);
            }
            known = made.toByteArray();
            hex = known;
        }
        out.writeBytes(known);
    }

    public InetSocketAddress toSocketAddress() {
        int ipLength = encoded.length - PORT_BYTES;
        try {
            InetAddress ip = InetAddress.getByAddress(Arrays.copyOf(encoded, ipLength));
            return new InetSocketAddress(ip, ByteBuffer.wrap(encoded).getInt(ipLength));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a host has 4 or 16 address bytes, found " + ipLength, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostAddress that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    /** {@code ip:port}. */
    @Override
    public String toString() {
        InetSocketAddress address = toSocketAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
