package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * GET_BROKER_MEMBER_GROUP.
 *
 * @param clusterName cluster
 * @param brokerName broker
 */
public record MemberGroupHeader(String clusterName, String brokerName) {

    public static MemberGroupHeader from(Fields fields) {
        return new MemberGroupHeader(fields.text("clusterName"), fields.text("brokerName"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("clusterName", clusterName)
                .put("brokerName", brokerName)
                .build();
    }
}
