package io.orbitmq.protocol.message;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A message before the log has given it a place: everything of the record but topic, queue, offsets and store time,
 * which belong to where it is appended (protocol/03 section 1).
 *
 * @param flag the application's opaque value
 * @param sysFlag bits of protocol/03 section 2; the IPv6 bits are set by the record's writer from the hosts
 * @param bornTimestamp epoch milliseconds, set by the producer
 * @param bornHost where it came from
 * @param storeHost the broker's client address
 * @param reconsumeTimes how often it was redelivered
 * @param preparedTransactionOffset log position of the half message, 0 for ordinary ones
 * @param body as received; read without moving its position
 * @param properties encoded as in protocol/03 section 3, without the record checksum, which the store appends
 */
public record MessageDraft(
        int flag,
        int sysFlag,
        long bornTimestamp,
        HostAddress bornHost,
        HostAddress storeHost,
        int reconsumeTimes,
        long preparedTransactionOffset,
        ByteBuffer body,
        ByteBuffer properties) {

    public MessageDraft {
        Objects.requireNonNull(bornHost, "bornHost");
        Objects.requireNonNull(storeHost, "storeHost");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(properties, "properties");
    }
}
