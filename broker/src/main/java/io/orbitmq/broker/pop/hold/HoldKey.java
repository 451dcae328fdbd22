package io.orbitmq.broker.pop.hold;

/**
 * What requests are held by.
 *
 * @param topic the normal topic
 * @param group consumer group
 * @param queueId as asked, negative for all queues
 */
public record HoldKey(String topic, String group, int queueId) {

    /** Stands for all queues. */
    public static final int ALL_QUEUES = -1;

    public HoldKey {
        queueId = Math.max(ALL_QUEUES, queueId);
    }
}
