package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * GET_TOPICS_BY_CLUSTER.
 *
 * @param cluster cluster
 */
public record ClusterHeader(String cluster) {

    public static ClusterHeader from(Fields fields) {
        return new ClusterHeader(fields.text("cluster"));
    }

    public Fields toFields() {
        return Fields.builder().put("cluster", cluster).build();
    }
}
