package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestProducer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;

@SuppressWarnings("deprecation") // The deprecated half of the API is in use all over.
final class AdaptedProducer implements TestProducer {

    private final DefaultMQProducer producer;

    AdaptedProducer(DefaultMQProducer producer) {
        this.producer = producer;
    }

    @Override
    public Sent send(Outgoing message) {
        return Checked.answer(() -> Translated.sent(producer.send(Translated.toOfficial(message))));
    }

    @Override
    public Sent send(Outgoing message, Queue queue) {
        return Checked.answer(
                () -> Translated.sent(producer.send(Translated.toOfficial(message), Translated.toOfficial(queue))));
    }

    @Override
    public CompletableFuture<Sent> sendAsync(Outgoing message) {
        CompletableFuture<Sent> future = new CompletableFuture<>();
        Checked.run(() -> producer.send(Translated.toOfficial(message), new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                future.complete(Translated.sent(result));
            }

            @Override
            public void onException(Throwable cause) {
                future.completeExceptionally(Checked.failure(cause));
            }
        }));
        return future;
    }

    @Override
    public void sendOneway(Outgoing message) {
        Checked.run(() -> producer.sendOneway(Translated.toOfficial(message)));
    }

    @Override
    public void sendOneway(Outgoing message, Queue queue) {
        Checked.run(() -> producer.sendOneway(Translated.toOfficial(message), Translated.toOfficial(queue)));
    }

    @Override
    public Sent sendBatch(List<Outgoing> messages) {
        return Checked.answer(() -> Translated.sent(
                producer.send(messages.stream().map(Translated::toOfficial).toList())));
    }

    @Override
    public List<Queue> queues(String topic) {
        return Checked.answer(() -> Translated.queues(producer.fetchPublishMessageQueues(topic)));
    }

    @Override
    public void createTopic(String topic, int queues) {
        Checked.run(() -> Variations.createTopic(producer, producer.getCreateTopicKey(), topic, queues));
    }

    @Override
    public long searchOffset(Queue queue, long timestampMs) {
        return Checked.answer(() -> producer.searchOffset(Translated.toOfficial(queue), timestampMs));
    }

    @Override
    public long minOffset(Queue queue) {
        return Checked.answer(() -> producer.minOffset(Translated.toOfficial(queue)));
    }

    @Override
    public long maxOffset(Queue queue) {
        return Checked.answer(() -> producer.maxOffset(Translated.toOfficial(queue)));
    }

    @Override
    public long earliestStoreTimeMs(Queue queue) {
        return Checked.answer(() -> producer.earliestMsgStoreTime(Translated.toOfficial(queue)));
    }

    @Override
    public String recall(String topic, String recallHandle) {
        return Checked.answer(() -> producer.recallMessage(topic, recallHandle));
    }

    @Override
    public Received viewMessage(String topic, String messageId) {
        return Checked.answer(() -> Translated.received(producer.viewMessage(topic, messageId)));
    }

    @Override
    public List<Received> queryMessage(String topic, String key, int maxCount, long beginMs, long endMs) {
        return Checked.answer(() -> Translated.received(
                producer.queryMessage(topic, key, maxCount, beginMs, endMs).getMessageList()));
    }

    @Override
    public void close() {
        producer.shutdown();
    }
}
