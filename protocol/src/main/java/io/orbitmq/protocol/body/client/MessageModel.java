package io.orbitmq.protocol.body.client;

/** Whether the members of a group share the messages or each get all; names as on the wire. */
public enum MessageModel {
    CLUSTERING,
    BROADCASTING;

    public static MessageModel of(String name) {
        return BROADCASTING.name().equals(name) ? BROADCASTING : CLUSTERING;
    }
}
