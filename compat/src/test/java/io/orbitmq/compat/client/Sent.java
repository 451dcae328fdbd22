package io.orbitmq.compat.client;

/**
 * What the library answered to a send.
 *
 * @param status the name of the official send status, {@code SEND_OK} when stored
 * @param messageId the unique key the library made
 * @param offsetMessageId the id the broker made, "null" as text when absent
 * @param recallHandle by which the message can be taken back, empty when it cannot or the library does not know
 */
public record Sent(
        String status,
        String messageId,
        String offsetMessageId,
        Queue queue,
        long queueOffset,
        String transactionId,
        String region,
        boolean traceOn,
        String recallHandle) {}
