package io.orbitmq.broker.pop.state;

/**
 * A queue as one group pops it.
 *
 * @param group consumer group
 * @param topic topic that is read, a retry topic too
 * @param queueId number of the queue
 */
public record PopKey(String group, String topic, int queueId) {}
