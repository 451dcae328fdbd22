package io.orbitmq.benchmarks.client;

import io.orbitmq.foundation.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** Threads that send and wait, each on its own. */
record SyncPhase(Clock clock, DefaultMQProducer producer, int threads) implements ClientLoad.Phase {

    static final int BODY_BYTES = 128;

    @Override
    public long run(String topic, Duration time, Tally tally) throws Exception {
        long begin = clock.nanos();
        long end = begin + time.toNanos();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> senders = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            senders.add(pool.submit(() -> {
                sendUntil(end, topic, tally);
                return null;
            }));
        }
        for (Future<?> sender : senders) {
            sender.get();
        }
        pool.shutdown();
        return clock.nanos() - begin;
    }

    private void sendUntil(long end, String topic, Tally tally) throws InterruptedException {
        for (long start = clock.nanos(); start - end < 0; start = clock.nanos()) {
            try {
                if (producer.send(new Message(topic, new byte[BODY_BYTES])).getSendStatus() == SendStatus.SEND_OK) {
                    tally.done(clock.nanos() - start);
                } else {
                    tally.failed();
                }
            } catch (MQClientException | RemotingException | MQBrokerException e) {
                tally.failed();
            }
        }
    }
}
