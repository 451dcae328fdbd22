package io.orbitmq.benchmarks.client;

import io.orbitmq.foundation.time.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * Messages at a fixed rate (open loop) to a push consumer in the same process; the latency is from the intended send time,
 * which travels in the body, to the listener.
 */
record PushPhase(Clock clock, DefaultMQProducer producer, String nameserver, int rate) implements ClientLoad.Phase {

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long PATIENCE_SECONDS = 10;

    @Override
    public long run(String topic, Duration time, Tally tally) throws Exception {
        int messages = (int) (rate * time.toMillis() / 1000);
        CountDownLatch settled = new CountDownLatch(messages);
        DefaultMQPushConsumer consumer = consumer(topic, tally, settled);
        consumer.start();
        awaitQueues(consumer, topic);
        long interval = SECOND_NANOS / rate;
        long start = clock.nanos() + SECOND_NANOS / 2;
        for (int i = 0; i < messages; i++) {
            long intended = start + i * interval;
            for (long early = intended - clock.nanos(); early > 0; early = intended - clock.nanos()) {
                LockSupport.parkNanos(early);
            }
            byte[] body = new byte[SyncPhase.BODY_BYTES];
            ByteBuffer.wrap(body).putLong(intended);
            producer.send(new Message(topic, body), new FailureCount(tally, settled));
        }
        if (!settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            for (long lost = settled.getCount(); lost > 0; lost--) {
                tally.failed();
            }
        }
        long elapsed = clock.nanos() - start;
        consumer.shutdown();
        return elapsed;
    }

    private DefaultMQPushConsumer consumer(String topic, Tally tally, CountDownLatch settled) throws MQClientException {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer("benchmark-" + topic);
        consumer.setNamesrvAddr(nameserver);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, "*");
        MessageListenerConcurrently listener = (messages, context) -> {
            long now = clock.nanos();
            for (MessageExt message : messages) {
                tally.done(now - ByteBuffer.wrap(message.getBody()).getLong());
                settled.countDown();
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        };
        consumer.registerMessageListener(listener);
        return consumer;
    }

    /** Until the consumer pulls from all queues. */
    private void awaitQueues(DefaultMQPushConsumer consumer, String topic) throws MQClientException {
        int wanted = producer.fetchPublishMessageQueues(topic).size();
        long limit = clock.nanos() + PATIENCE_SECONDS * SECOND_NANOS;
        while (clock.nanos() - limit < 0 && assigned(consumer) < wanted) {
            LockSupport.parkNanos(SECOND_NANOS / 50);
        }
    }

    /** There is no other way to see which queues a push consumer has. */
    @SuppressWarnings("deprecation")
    private static int assigned(DefaultMQPushConsumer consumer) {
        return consumer.getDefaultMQPushConsumerImpl()
                .getRebalanceImpl()
                .getProcessQueueTable()
                .size();
    }

    private record FailureCount(Tally tally, CountDownLatch settled) implements SendCallback {

        @Override
        public void onSuccess(SendResult result) {
            // Counted when it is received.
        }

        @Override
        public void onException(Throwable e) {
            tally.failed();
            settled.countDown();
        }
    }
}
