package io.orbitmq.protocol.header.group;

import io.orbitmq.protocol.frame.Fields;

/**
 * Names a producer group: GET_PRODUCER_CONNECTION_LIST.
 *
 * @param producerGroup producer group
 */
public record ProducerGroupHeader(String producerGroup) {

    public static ProducerGroupHeader from(Fields fields) {
        return new ProducerGroupHeader(fields.required("producerGroup"));
    }

    public Fields toFields() {
        return Fields.builder().put("producerGroup", producerGroup).build();
    }
}
