package io.orbitmq.protocol.body.group;

/** How a group gets a topic's messages; names as on the wire (protocol/07 section 15). */
public enum RequestMode {
    /** Every queue has one consumer, which reads it in order. */
    PULL,
    /** Consumers share queues; the broker hands out single messages (protocol/08). */
    POP;

    /** An unknown name reads as {@link #PULL}. */
    static RequestMode of(String name) {
        return POP.name().equals(name) ? POP : PULL;
    }
}
