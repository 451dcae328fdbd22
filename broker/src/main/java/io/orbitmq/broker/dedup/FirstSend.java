package io.orbitmq.broker.dedup;

import io.orbitmq.protocol.message.OffsetMessageIds;

/**
 * The result of a send that is repeated, to be answered again.
 *
 * @param messageIds of the message, or of all in the batch
 * @param queueId the queue it was sent to
 * @param queueOffset where the first message really stands
 * @param uniqueKey the message's or the batch's, may be empty
 * @param dueMs delivery time of a message that can be recalled, else 0
 * @param position byte place of the first record
 * @param endPosition byte place after the last
 * @param messages how many
 */
public record FirstSend(
        OffsetMessageIds messageIds,
        int queueId,
        long queueOffset,
        String uniqueKey,
        long dueMs,
        long position,
        long endPosition,
        int messages) {}
