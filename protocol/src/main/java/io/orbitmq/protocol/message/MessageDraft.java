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
 * @param properties encoded as in protocol/03 section 3, as given; read without moving their position
 * @param stamp more entries that go behind them, each with its end, or none; kept, not to be changed. Behind these the
 *     record's writer appends the record checksum
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
        ByteBuffer properties,
        byte[] stamp) {

    private static final byte[] NO_STAMP = {};

    /** A message whose properties are complete. */
    public MessageDraft(
            int flag,
            int sysFlag,
            long bornTimestamp,
            HostAddress bornHost,
            HostAddress storeHost,
            int reconsumeTimes,
            long preparedTransactionOffset,
            ByteBuffer body,
            ByteBuffer properties) {
        this(
                flag,
                sysFlag,
                bornTimestamp,
                bornHost,
                storeHost,
                reconsumeTimes,
                preparedTransactionOffset,
                body,
                properties,
                NO_STAMP);
    }

    public MessageDraft {
        Objects.requireNonNull(bornHost, "bornHost");
        Objects.requireNonNull(storeHost, "storeHost");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(properties, "properties");
        if (stamp.length > 0 && stamp[stamp.length - 1] != MessageProperties.ENTRY_SEPARATOR) {
            throw new IllegalArgumentException("the last entry of a stamp must have its end");
        }
    }

    /** The same with another flag, body and properties. */
    MessageDraft with(int newFlag, ByteBuffer newBody, ByteBuffer newProperties) {
        return new MessageDraft(
                newFlag,
                sysFlag,
                bornTimestamp,
                bornHost,
                storeHost,
                reconsumeTimes,
                preparedTransactionOffset,
                newBody,
                newProperties,
                stamp);
    }
}
