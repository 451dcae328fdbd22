package io.orbitmq.protocol.header.broker;

import io.orbitmq.protocol.frame.Fields;

/**
 * GET_BROKER_CONSUME_STATS (protocol/11 section 3.4).
 *
 * @param order ordered groups only
 */
public record BrokerConsumeStatsHeader(boolean order) {

    public static BrokerConsumeStatsHeader from(Fields fields) {
        return new BrokerConsumeStatsHeader(fields.boolOr("isOrder", false));
    }

    public Fields toFields() {
        return Fields.builder().put("isOrder", order).build();
    }
}
