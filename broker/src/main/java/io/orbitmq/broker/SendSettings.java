package io.orbitmq.broker;

/**
 * Admission of messages (protocol/04 section 2).
 *
 * @param traceOn [traceOn] stored in messages and told to producers
 * @param rejectTransactions [rejectTransactionMessage]
 * @param acceptFromMs [startAcceptSendRequestTimeStamp] sends before this epoch millisecond are refused
 * @param storeReplies [storeReplyMessageEnable] replies are kept in the reply topic as well as pushed
 */
public record SendSettings(boolean traceOn, boolean rejectTransactions, long acceptFromMs, boolean storeReplies) {

    public SendSettings {
        Check.range("startAcceptSendRequestTimeStamp", acceptFromMs, 0, Long.MAX_VALUE);
    }

    public static SendSettings defaults() {
        return new SendSettings(true, false, 0, true);
    }
}
