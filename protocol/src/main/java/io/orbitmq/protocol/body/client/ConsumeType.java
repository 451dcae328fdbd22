package io.orbitmq.protocol.body.client;

/** How a group gets its messages; names as on the wire. */
public enum ConsumeType {
    CONSUME_ACTIVELY,
    CONSUME_PASSIVELY,
    CONSUME_POP;

    static ConsumeType of(String name) {
        for (ConsumeType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return CONSUME_PASSIVELY;
    }
}
