package io.orbitmq.broker;

import java.util.Objects;

/**
 * Admission of messages (protocol/04 section 2).
 *
 * @param traceOn [traceOn] stored in messages and told to producers
 * @param rejectTransactions [rejectTransactionMessage]
 * @param acceptFromMs [startAcceptSendRequestTimeStamp] sends before this epoch millisecond are refused
 * @param storeReplies [storeReplyMessageEnable] replies are kept in the reply topic as well as pushed
 * @param maxBodyBytes [maxMessageSize] limit of a body that a client sends
 * @param duplicates how a repeated send is recognised
 */
public record SendSettings(
        boolean traceOn,
        boolean rejectTransactions,
        long acceptFromMs,
        boolean storeReplies,
        int maxBodyBytes,
        DuplicateSettings duplicates) {

    private static final int DEFAULT_MAX_BODY_BYTES = 4 << 20;

    public SendSettings {
        Check.range("startAcceptSendRequestTimeStamp", acceptFromMs, 0, Long.MAX_VALUE);
        Check.range("maxMessageSize", maxBodyBytes, 1, Integer.MAX_VALUE);
        Objects.requireNonNull(duplicates, "duplicates");
    }

    /** With the default limit of a body and the default recognition of repeated sends. */
    public SendSettings(boolean traceOn, boolean rejectTransactions, long acceptFromMs, boolean storeReplies) {
        this(
                traceOn,
                rejectTransactions,
                acceptFromMs,
                storeReplies,
                DEFAULT_MAX_BODY_BYTES,
                DuplicateSettings.defaults());
    }

    public static SendSettings defaults() {
        return new SendSettings(true, false, 0, true);
    }

    public SendSettings withDuplicates(DuplicateSettings changed) {
        return new SendSettings(traceOn, rejectTransactions, acceptFromMs, storeReplies, maxBodyBytes, changed);
    }

    public SendSettings withMaxBodyBytes(int changed) {
        return new SendSettings(traceOn, rejectTransactions, acceptFromMs, storeReplies, changed, duplicates);
    }
}
