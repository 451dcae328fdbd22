package io.orbitmq.broker.dedup;

import io.orbitmq.protocol.message.MessageBatch;
import io.orbitmq.protocol.message.PropertyCursor;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.Utf8Range;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a request sends, for the comparison with what is stored; made only while something may be repeated.
 *
 * @param topic where to
 * @param uniqueKey the UNIQ_KEY of the message, or of the first one of a batch
 * @param hash of the two, {@link RepeatedSends#hash}
 * @param groupHash the {@link io.orbitmq.protocol.frame.Utf8Hash} of the producer's group
 * @param half whether it waits for a commit
 * @param batch whether the messages are a batch's
 * @param messages at least one; bodies and properties are valid as long as the request's body
 */
public record SentMessages(
        String topic,
        String uniqueKey,
        long hash,
        long groupHash,
        boolean half,
        boolean batch,
        List<MessageBatch.Item> messages) {

    /** The UNIQ_KEY that names a batch: its first message's; empty without one. */
    public static Utf8Range uniqueKey(MessageBatch batch) {
        return uniqueKey(batch.bytes(), batch.propertiesPosition(0), batch.propertiesLength(0));
    }

    /** The UNIQ_KEY of encoded properties, the first if there are several as in a stored batch; empty without one. */
    static Utf8Range uniqueKey(ByteBuffer properties, int position, int length) {
        PropertyCursor cursor = new PropertyCursor().over(properties, position, length);
        while (cursor.next()) {
            if (cursor.nameIs(PropertyNames.UNIQ_KEY)) {
                byte[] key = new byte[cursor.valueLength()];
                properties.get(cursor.valuePosition(), key);
                return new Utf8Range(key, 0, key.length);
            }
        }
        return Utf8Range.EMPTY;
    }
}
