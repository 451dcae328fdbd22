package io.orbitmq.broker.fake;

import io.orbitmq.store.LogQueue;

/** A queue handle whose end the test moves. */
public final class FakeQueue implements LogQueue {

    private final String topic;
    private final int queueId;
    private final int index;
    private volatile long minOffset;
    private volatile long maxOffset;

    public FakeQueue(String topic, int queueId, int index) {
        this.topic = topic;
        this.queueId = queueId;
        this.index = index;
    }

    public void setMinOffset(long offset) {
        minOffset = offset;
    }

    public void setMaxOffset(long offset) {
        maxOffset = offset;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public int queueId() {
        return queueId;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public long minOffset() {
        return minOffset;
    }

    @Override
    public long maxOffset() {
        return maxOffset;
    }
}
