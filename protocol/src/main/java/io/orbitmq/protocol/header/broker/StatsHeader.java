package io.orbitmq.protocol.header.broker;

import io.orbitmq.protocol.frame.Fields;

/**
 * VIEW_BROKER_STATS_DATA (protocol/11 section 3.5).
 *
 * @param statsName kind of measure
 * @param statsKey what is measured
 */
public record StatsHeader(String statsName, String statsKey) {

    public static StatsHeader from(Fields fields) {
        return new StatsHeader(fields.required("statsName"), fields.required("statsKey"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("statsName", statsName)
                .put("statsKey", statsKey)
                .build();
    }
}
