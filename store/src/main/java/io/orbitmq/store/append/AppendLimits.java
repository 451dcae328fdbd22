package io.orbitmq.store.append;

import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.AppendOutcome.Refused;
import java.util.Optional;

/**
 * What the log's format allows. How large a body a client may send is the broker's rule, and its alone: what was taken
 * once is also taken when it is appended again, a delayed message or a retry, though the rule may have changed meanwhile.
 *
 * @param maxContiguousBytes what fits into one segment
 */
public record AppendLimits(long maxContiguousBytes) {

    private static final int MAX_TOPIC_BYTES = 255;

    /** Why the draft, a record of that size, is refused for a topic of that length in bytes; empty when it fits. */
    Optional<Refused> refusal(MessageDraft draft, int topicLength, int sizeBytes) {
        int properties = MessageRecord.storedPropertiesLength(draft);
        if (properties > MessageRecord.MAX_PROPERTIES_BYTES) {
            return illegal("The message's properties take " + properties + " bytes as stored, the format allows "
                    + MessageRecord.MAX_PROPERTIES_BYTES + ". Put less into properties.");
        }
        if (topicLength > MAX_TOPIC_BYTES) {
            return illegal("The topic name has " + topicLength + " bytes, the limit is " + MAX_TOPIC_BYTES + ".");
        }
        return contiguous(sizeBytes);
    }

    /** Why so many bytes cannot stand together; empty when they can. */
    Optional<Refused> contiguous(long bytes) {
        if (bytes <= maxContiguousBytes) {
            return Optional.empty();
        }
        return illegal("The messages take " + bytes + " bytes together, a log file holds " + maxContiguousBytes
                + " (mappedFileSizeCommitLog). Send smaller batches.");
    }

    private static Optional<Refused> illegal(String text) {
        return Optional.of(new Refused(Reason.MESSAGE_ILLEGAL, text));
    }
}
