package io.orbitmq.protocol.header.group;

import io.orbitmq.protocol.frame.Fields;

/**
 * UNREGISTER_CLIENT (protocol/07 section 2).
 *
 * @param clientId client id
 * @param producerGroup empty when none leaves
 * @param consumerGroup empty when none leaves
 */
public record UnregisterClientHeader(String clientId, String producerGroup, String consumerGroup) {

    public static UnregisterClientHeader from(Fields fields) {
        return new UnregisterClientHeader(
                fields.text("clientID"), fields.text("producerGroup"), fields.text("consumerGroup"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("clientID", clientId)
                .put("producerGroup", producerGroup)
                .put("consumerGroup", consumerGroup)
                .build();
    }
}
