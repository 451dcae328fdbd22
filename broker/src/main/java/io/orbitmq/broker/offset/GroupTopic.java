package io.orbitmq.broker.offset;

/**
 * The key of the offset table.
 *
 * @param group consumer group
 * @param topic what it reads, retry topics included
 */
record GroupTopic(String group, String topic) {}
