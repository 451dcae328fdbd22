package io.orbitmq.broker.traffic;

/** How far back a figure reaches. Each is measured from a sample, so it is up to one sampling step shorter or longer. */
public enum Span {
    TEN_SECONDS,
    MINUTE,
    TEN_MINUTES,
    HOUR,
    DAY
}
