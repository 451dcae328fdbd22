package io.orbitmq.benchmarks.client;

import io.orbitmq.foundation.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.message.Message;

/** One thread that keeps a number of messages in flight. */
record AsyncPhase(Clock clock, DefaultMQProducer producer, int inFlight) implements ClientLoad.Phase {

    @Override
    public long run(String topic, Duration time, Tally tally) throws Exception {
        Semaphore free = new Semaphore(inFlight);
        long begin = clock.nanos();
        long end = begin + time.toNanos();
        while (clock.nanos() - end < 0) {
            free.acquire();
            long start = clock.nanos();
            producer.send(new Message(topic, new byte[SyncPhase.BODY_BYTES]), new SendCallback() {
                @Override
                public void onSuccess(SendResult result) {
                    if (result.getSendStatus() == SendStatus.SEND_OK) {
                        tally.done(clock.nanos() - start);
                    } else {
                        tally.failed();
                    }
                    free.release();
                }

                @Override
                public void onException(Throwable e) {
                    tally.failed();
                    free.release();
                }
            });
        }
        free.acquire(inFlight);
        return clock.nanos() - begin;
    }
}
