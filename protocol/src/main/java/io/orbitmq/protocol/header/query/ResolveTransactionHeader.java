package io.orbitmq.protocol.header.query;

import io.orbitmq.protocol.frame.Fields;

/**
 * RESOLVE_TRANSACTION, a request of our own (docs/transactions.md).
 *
 * @param messageId offset message id of the half message
 * @param decision 8 commit, 12 roll back
 */
public record ResolveTransactionHeader(String messageId, int decision) {

    public static ResolveTransactionHeader from(Fields fields) {
        return new ResolveTransactionHeader(fields.required("msgId"), fields.requiredInt("commitOrRollback"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("msgId", messageId)
                .put("commitOrRollback", decision)
                .build();
    }
}
