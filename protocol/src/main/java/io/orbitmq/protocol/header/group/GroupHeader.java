package io.orbitmq.protocol.header.group;

import io.orbitmq.protocol.frame.Fields;

/**
 * Names a group: GET_SUBSCRIPTIONGROUP_CONFIG, QUERY_TOPICS_BY_CONSUMER, QUERY_SUBSCRIPTION_BY_CONSUMER, QUERY_CONSUME_TIME_SPAN, UPDATE_AND_GET_GROUP_FORBIDDEN.
 *
 * @param group group
 * @param topic empty when the request has none
 * @param readable true, false or empty; only with UPDATE_AND_GET_GROUP_FORBIDDEN
 */
public record GroupHeader(String group, String topic, String readable) {

    public static GroupHeader from(Fields fields) {
        return new GroupHeader(fields.required("group"), fields.text("topic"), fields.text("readable"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("group", group)
                .put("topic", topic)
                .put("readable", readable)
                .build();
    }
}
