package io.orbitmq.protocol.header.offset;

import io.orbitmq.protocol.frame.Fields;

/**
 * QUERY_CORRECTION_OFFSET (protocol/11 section 3.4).
 *
 * @param topic topic
 * @param compareGroup group to compare with
 * @param filterGroups comma separated
 */
public record CorrectionOffsetHeader(String topic, String compareGroup, String filterGroups) {

    public static CorrectionOffsetHeader from(Fields fields) {
        return new CorrectionOffsetHeader(
                fields.required("topic"), fields.required("compareGroup"), fields.text("filterGroups"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("topic", topic)
                .put("compareGroup", compareGroup)
                .put("filterGroups", filterGroups)
                .build();
    }
}
