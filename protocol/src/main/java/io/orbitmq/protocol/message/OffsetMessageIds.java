package io.orbitmq.protocol.message;

import io.orbitmq.protocol.frame.ByteSink;
import java.nio.charset.StandardCharsets;

/**
 * The {@link OffsetMessageId}s of messages stored by one request, kept as numbers until they are written. Immutable.
 */
public final class OffsetMessageIds {

    private static final int ID_BYTES = 33;

    private static final long[] NO_MORE = {};

    private final HostAddress storeHost;
    private final long first;
    /** Of all, the first among them, when there are several. */
    private final long[] positions;

    private OffsetMessageIds(HostAddress storeHost, long first, long[] positions) {
        this.storeHost = storeHost;
        this.first = first;
        this.positions = positions;
    }

    /** @param position byte place in the log */
    public static OffsetMessageIds of(HostAddress storeHost, long position) {
        return new OffsetMessageIds(storeHost, position, NO_MORE);
    }

    /** @param positions byte places in the log, at least one; kept */
    public static OffsetMessageIds of(HostAddress storeHost, long[] positions) {
        return new OffsetMessageIds(storeHost, positions[0], positions);
    }

    /** Appends the ids joined by comma. */
    public void writeTo(ByteSink out) {
        storeHost.writeHex(out);
        out.writeHex(first);
        for (int i = 1; i < positions.length; i++) {
            out.writeByte(',');
            storeHost.writeHex(out);
            out.writeHex(positions[i]);
        }
    }

    /** The ids joined by comma. */
    public String encode() {
        ByteSink text = new ByteSink(Math.max(1, positions.length) * ID_BYTES);
        writeTo(text);
        return new String(text.array(), 0, text.size(), StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return encode();
    }
}
