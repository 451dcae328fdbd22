package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.TestConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;

final class AdaptedConsumer implements TestConsumer {

    private final DefaultMQPushConsumer consumer;

    AdaptedConsumer(DefaultMQPushConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public void suspend() {
        consumer.suspend();
    }

    @Override
    public void resume() {
        consumer.resume();
    }

    @Override
    public void close() {
        consumer.shutdown();
    }
}
