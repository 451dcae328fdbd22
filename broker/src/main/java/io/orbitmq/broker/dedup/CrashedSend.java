package io.orbitmq.broker.dedup;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.Utf8Range;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A send as its record in the log's tail tells of it.
 *
 * @param topic where it was sent to
 * @param uniqueKey the message's, or of a batch's member
 */
record CrashedSend(String topic, Utf8Range uniqueKey) {

    /** Empty for a record that no producer sent: state, deliveries of delayed and half messages, retries. */
    static Optional<CrashedSend> of(ByteBuffer record) {
        if (MessageRecord.preparedTransactionOffset(record, 0) != 0) {
            return Optional.empty();
        }
        int at = MessageRecord.propertiesPosition(record, 0);
        int length = MessageRecord.propertiesLength(record, 0);
        Utf8Range key = SentMessages.uniqueKey(record, at, length);
        String topic = MessageRecord.topic(record, 0);
        boolean waits =
                topic.equals(Names.HALF_TOPIC) || topic.equals(Names.SCHEDULE_TOPIC) || topic.equals(Names.TIMER_TOPIC);
        boolean byBroker = !MessageRecord.property(record, 0, PropertyNames.TRANSACTION_CHECK_TIMES)
                        .isEmpty()
                || !MessageRecord.property(record, 0, PropertyNames.TIMER_DEL_UNIQKEY)
                        .isEmpty()
                || !MessageRecord.property(record, 0, PropertyNames.ORIGIN_MESSAGE_ID)
                        .isEmpty();
        if (key.isEmpty() || byBroker) {
            return Optional.empty();
        }
        String sentTo = waits ? MessageRecord.property(record, 0, PropertyNames.REAL_TOPIC) : topic;
        return Optional.of(new CrashedSend(sentTo, key));
    }
}
