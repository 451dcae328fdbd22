package io.orbitmq.protocol.message;

import io.orbitmq.protocol.frame.ByteSink;
import java.nio.charset.StandardCharsets;

/**
 * The {@link OffsetMessageId}s of messages stored by one request, kept as numbers until they are written. Immutable.
 */
public final class OffsetMessageIds {

    private static final int ID_BYTES = 33;

    private final HostAddress storeHost;
    private final long[] positions;

    private OffsetMessageIds(HostAddress storeHost, long... positions) {
        this.storeHost = storeHost;
        this.positions = positions;
    }

    /** @param positions byte places in the log, at least one */
    public static OffsetMessageIds of(HostAddress storeHost, long... positions) {
        return new OffsetMessageIds(storeHost, positions);
    }

    /** Appends the ids joined by comma. */
    public void writeTo(ByteSink out) {
        for (int i = 0; i < positions.length; i++) {
            if (i > 0) {
                out.writeByte(',');
            }
            storeHost.writeHex(out);
            out.writeHex(positions[i]);
        }
    }

    /** The ids joined by comma. */
    public String encode() {
        ByteSink text = new ByteSink(positions.length * ID_BYTES);
        writeTo(text);
        return new String(text.array(), 0, text.size(), StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return encode();
    }
}
