package io.orbitmq.broker.dedup;

/**
 * Figures of repeated sends for operators.
 *
 * @param recognised repeats answered with the first result since the start
 * @param remembered sends whose repeat is waited for now
 * @param forgotten sends dropped before their time because there were too many
 */
public record RepeatCounts(long recognised, int remembered, long forgotten) {}
