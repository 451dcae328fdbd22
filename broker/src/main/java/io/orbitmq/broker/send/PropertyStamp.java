package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerIdentity;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.PropertyNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the broker writes into the properties of every message: MSG_REGION, TRACE_ON and CLUSTER (protocol/03 section 3).
 * Ready made; the record's writer puts them behind the producer's. Immutable.
 */
final class PropertyStamp {

    private final byte[] traced;
    private final byte[] untraced;

    PropertyStamp(BrokerIdentity identity) {
        traced = common(identity, true);
        untraced = common(identity, false);
    }

    /** What goes behind the producer's properties. */
    byte[] bytes(boolean traceOn) {
        return traceOn ? traced : untraced;
    }

    /** The same with further entries in front, the last of which may lack its end. */
    byte[] bytes(byte[] entries, boolean traceOn) {
        if (entries.length == 0) {
            return bytes(traceOn);
        }
        byte[] stamp = bytes(traceOn);
        int end = entries[entries.length - 1] == MessageProperties.ENTRY_SEPARATOR ? 0 : 1;
        byte[] joined = Arrays.copyOf(entries, entries.length + end + stamp.length);
        if (end > 0) {
            joined[entries.length] = MessageProperties.ENTRY_SEPARATOR;
        }
        System.arraycopy(stamp, 0, joined, entries.length + end, stamp.length);
        return joined;
    }

    /** One encoded entry. */
    static String entry(String name, String value) {
        return name + (char) MessageProperties.NAME_SEPARATOR + value + (char) MessageProperties.ENTRY_SEPARATOR;
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
