package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerIdentity;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.PropertyNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the broker writes into the properties of every message: MSG_REGION, TRACE_ON and CLUSTER (protocol/03 section 3).
 * The producer's text is copied once; the broker's own bytes are ready made. Immutable.
 */
final class PropertyStamp {

    private static final char NAME_SEPARATOR = 1;
    private static final char ENTRY_SEPARATOR = 2;

    private final byte[] traced;
    private final byte[] untraced;

    PropertyStamp(BrokerIdentity identity) {
        traced = common(identity, true);
        untraced = common(identity, false);
    }

    /**
     * The bytes to store: the given text, further entries, and the broker's.
     *
     * @param properties as the producer sent them, with nothing to be taken out
     * @param extra encoded entries, may be empty
     */
    ByteBuffer stored(String properties, String extra, boolean traceOn) {
        return joined(properties.getBytes(StandardCharsets.UTF_8), extra, traceOn);
    }

    /** The same for bytes already encoded; their position does not move. */
    ByteBuffer stored(ByteBuffer properties, String extra, boolean traceOn) {
        byte[] given = new byte[properties.remaining()];
        properties.get(properties.position(), given);
        return joined(given, extra, traceOn);
    }

    private ByteBuffer joined(byte[] given, String extra, boolean traceOn) {
        byte[] stamp = traceOn ? traced : untraced;
        byte[] more = extra.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(given.length + 1 + more.length + stamp.length);
        bytes.put(given);
        if (given.length > 0 && given[given.length - 1] != ENTRY_SEPARATOR) {
            bytes.put((byte) ENTRY_SEPARATOR);
        }
        return bytes.put(more).put(stamp).flip();
    }

    /** The producer's text without what the broker says itself or must not keep. */
    static String cleaned(String properties) {
        return MessageProperties.parse(properties)
                .remove(PropertyNames.POP_CK)
                .remove(PropertyNames.CRC32)
                .remove(PropertyNames.MSG_REGION)
                .remove(PropertyNames.TRACE_ON)
                .remove(PropertyNames.CLUSTER)
                .encode();
    }

    /** One encoded entry. */
    static String entry(String name, String value) {
        return name + NAME_SEPARATOR + value + ENTRY_SEPARATOR;
    }

    private static byte[] common(BrokerIdentity identity, boolean traceOn) {
        return new MessageProperties()
                .put(PropertyNames.MSG_REGION, identity.regionId())
                .put(PropertyNames.CLUSTER, identity.clusterName())
                .put(PropertyNames.TRACE_ON, Boolean.toString(traceOn))
                .encode()
                .getBytes(StandardCharsets.UTF_8);
    }
}
