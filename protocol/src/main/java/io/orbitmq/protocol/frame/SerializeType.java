package io.orbitmq.protocol.frame;

/** How a header is written; the wire code is the ordinal (protocol/01 section 1). */
public enum SerializeType {
    JSON,
    ROCKETMQ
}
