package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.Pulled;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.TestPull;
import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;

@SuppressWarnings("deprecation") // The deprecated half of the API is in use all over.
final class AdaptedPull implements TestPull {

    private final DefaultMQPullConsumer consumer;

    AdaptedPull(DefaultMQPullConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public List<Queue> queues(String topic) {
        return Checked.answer(() -> Translated.queues(consumer.fetchSubscribeMessageQueues(topic)));
    }

    @Override
    public Pulled pull(Queue queue, String expression, long offset, int maxCount) {
        return Checked.answer(
                () -> Translated.pulled(consumer.pull(Translated.toOfficial(queue), expression, offset, maxCount)));
    }

    @Override
    public Pulled pullBlockIfNotFound(Queue queue, String expression, long offset, int maxCount) {
        return Checked.answer(() -> Translated.pulled(
                consumer.pullBlockIfNotFound(Translated.toOfficial(queue), expression, offset, maxCount)));
    }

    @Override
    public void commitOffset(Queue queue, long offset) {
        Checked.run(() ->
                consumer.getOffsetStore().updateConsumeOffsetToBroker(Translated.toOfficial(queue), offset, false));
    }

    @Override
    public long offsetFromBroker(Queue queue) {
        return Checked.answer(() -> consumer.fetchConsumeOffset(Translated.toOfficial(queue), true));
    }

    @Override
    public void close() {
        consumer.shutdown();
    }
}
