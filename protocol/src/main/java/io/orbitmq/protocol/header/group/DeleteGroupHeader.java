package io.orbitmq.protocol.header.group;

import io.orbitmq.protocol.frame.Fields;

/**
 * DELETE_SUBSCRIPTIONGROUP (protocol/11 section 3.3).
 *
 * @param groupName group
 * @param cleanOffset forget its offsets too
 */
public record DeleteGroupHeader(String groupName, boolean cleanOffset) {

    public static DeleteGroupHeader from(Fields fields) {
        return new DeleteGroupHeader(fields.required("groupName"), fields.boolOr("cleanOffset", false));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("groupName", groupName)
                .put("cleanOffset", cleanOffset)
                .build();
    }
}
