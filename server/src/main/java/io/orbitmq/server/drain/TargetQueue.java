package io.orbitmq.server.drain;

/**
 * A queue to forward to.
 *
 * @param broker its broker's name
 * @param address its broker's {@code host:port}
 * @param queueId number of the queue
 */
record TargetQueue(String broker, String address, int queueId) {}
