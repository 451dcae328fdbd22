package io.orbitmq.protocol.header.query;

import io.orbitmq.protocol.frame.Fields;

/**
 * LIST_OPEN_TRANSACTIONS, a request of our own (docs/transactions.md).
 *
 * @param producerGroup only of this group; empty for all
 * @param fromPosition only half messages at or after this log position; 0 when absent
 * @param maxCount most to list; 100 when absent, at most 1000
 */
public record ListTransactionsHeader(String producerGroup, long fromPosition, int maxCount) {

    private static final int DEFAULT_COUNT = 100;

    public static ListTransactionsHeader from(Fields fields) {
        return new ListTransactionsHeader(
                fields.text("producerGroup"),
                fields.longOr("fromPosition", 0),
                fields.intOr("maxCount", DEFAULT_COUNT));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("producerGroup", producerGroup)
                .put("fromPosition", fromPosition)
                .put("maxCount", maxCount)
                .build();
    }
}
