package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * PUT_KV_CONFIG, GET_KV_CONFIG, DELETE_KV_CONFIG, GET_KVLIST_BY_NAMESPACE (protocol/02 section 6).
 *
 * @param namespace namespace
 * @param key empty when the request has none
 * @param value only with PUT_KV_CONFIG
 */
public record KvHeader(String namespace, String key, String value) {

    public static KvHeader from(Fields fields) {
        return new KvHeader(fields.text("namespace"), fields.text("key"), fields.text("value"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("namespace", namespace)
                .put("key", key)
                .put("value", value)
                .build();
    }
}
