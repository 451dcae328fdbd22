package io.orbitmq.compat.durability;

import io.orbitmq.compat.client.ClientFailure;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that send as fast as the server answers, until told to stop, and write down every answer. */
final class SendingThreads {

    private final ExecutorService threads;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Queue<Acknowledged> acknowledged;
    private final List<CompletableFuture<Void>> parts = new ArrayList<>();

    private SendingThreads(int count, Queue<Acknowledged> acknowledged) {
        this.threads = Executors.newFixedThreadPool(count);
        this.acknowledged = acknowledged;
    }

    static SendingThreads start(
            int count, TestProducer producer, String topic, AtomicLong numbers, Queue<Acknowledged> acknowledged) {
        SendingThreads senders = new SendingThreads(count, acknowledged);
        for (int i = 0; i < count; i++) {
            senders.parts.add(CompletableFuture.runAsync(
                    () -> senders.sendUntilStopped(producer, topic, numbers), senders.threads));
        }
        return senders;
    }

    private void sendUntilStopped(TestProducer producer, String topic, AtomicLong numbers) {
        while (running.get()) {
            long number = numbers.incrementAndGet();
            byte[] body = SealedBody.make(number, new Random(number));
            try {
                Sent sent = producer.send(Outgoing.of(topic, body).keys("n" + number));
                if (sent.status().equals("SEND_OK")) {
                    acknowledged.add(new Acknowledged(
                            number,
                            sent.queue(),
                            sent.queueOffset(),
                            sent.offsetMessageId(),
                            SealedBody.checksum(body)));
                }
            } catch (ClientFailure e) {
                // Not acknowledged: the message may be there or not.
                Thread.onSpinWait();
            }
        }
    }

    /** Waits until every thread has ended. */
    void stop() {
        running.set(false);
        parts.forEach(CompletableFuture::join);
        threads.shutdown();
    }
}
