package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestLitePull;
import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;

final class AdaptedLitePull implements TestLitePull {

    private final DefaultLitePullConsumer consumer;

    AdaptedLitePull(DefaultLitePullConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public List<Received> poll(long timeoutMs) {
        return Translated.received(consumer.poll(timeoutMs));
    }

    @Override
    public List<Queue> queues(String topic) {
        return Checked.answer(() -> Translated.queues(consumer.fetchMessageQueues(topic)));
    }

    @Override
    public void assign(List<Queue> queues) {
        consumer.assign(queues.stream().map(Translated::toOfficial).toList());
    }

    @Override
    public List<Queue> assignment() {
        return Checked.answer(() -> Translated.queues(consumer.assignment()));
    }

    @Override
    public void seek(Queue queue, long offset) {
        Checked.run(() -> consumer.seek(Translated.toOfficial(queue), offset));
    }

    @Override
    public void seekToBegin(Queue queue) {
        Checked.run(() -> consumer.seekToBegin(Translated.toOfficial(queue)));
    }

    @Override
    public void commit() {
        Checked.run(() -> Variations.commit(consumer));
    }

    @Override
    public long committed(Queue queue) {
        return Checked.answer(() -> consumer.committed(Translated.toOfficial(queue)));
    }

    @Override
    public long offsetForTimestamp(Queue queue, long timestampMs) {
        return Checked.answer(() -> consumer.offsetForTimestamp(Translated.toOfficial(queue), timestampMs));
    }

    @Override
    public void close() {
        consumer.shutdown();
    }
}
