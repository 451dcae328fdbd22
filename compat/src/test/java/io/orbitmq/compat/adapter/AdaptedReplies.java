package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.ProducerPlan;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestReplies;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.rocketmq.client.ClientConfig;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.RequestCallback;
import org.apache.rocketmq.client.utils.MessageUtil;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** Builds and starts what asks and what answers. */
@SuppressWarnings("deprecation") // The deprecated half of the API is in use all over.
public final class AdaptedReplies implements TestReplies {

    @Override
    public Asking asking(ProducerPlan plan) {
        DefaultMQProducer producer = producer(plan);
        return new Asking() {
            @Override
            public Received ask(Outgoing request, long timeoutMs) {
                return Checked.answer(() -> received(producer.request(Translated.toOfficial(request), timeoutMs)));
            }

            @Override
            public CompletableFuture<Received> askLater(Outgoing request, long timeoutMs) {
                CompletableFuture<Received> reply = new CompletableFuture<>();
                RequestCallback callback = new RequestCallback() {
                    @Override
                    public void onSuccess(Message message) {
                        reply.complete(received(message));
                    }

                    @Override
                    public void onException(Throwable cause) {
                        reply.completeExceptionally(Checked.failure(cause));
                    }
                };
                Checked.run(() -> producer.request(Translated.toOfficial(request), callback, timeoutMs));
                return reply;
            }

            @Override
            public void close() {
                producer.shutdown();
            }
        };
    }

    @Override
    public AutoCloseable answering(ConsumerPlan plan, ProducerPlan replies, UnaryOperator<String> answer) {
        DefaultMQProducer producer = producer(replies);
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(plan.group());
        common(consumer, plan.nameserver());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            messages.forEach(message -> Checked.run(() -> producer.send(MessageUtil.createReplyMessage(
                    message,
                    answer.apply(new String(message.getBody(), StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8)))));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        Checked.run(() -> {
            consumer.subscribe(plan.topic(), plan.expression());
            consumer.start();
        });
        return () -> {
            consumer.shutdown();
            producer.shutdown();
        };
    }

    private static DefaultMQProducer producer(ProducerPlan plan) {
        DefaultMQProducer producer = new DefaultMQProducer(plan.group());
        common(producer, plan.nameserver());
        plan.instanceName().ifPresent(producer::setInstanceName);
        producer.setSendMsgTimeout(plan.sendTimeoutMs());
        Checked.run(producer::start);
        return producer;
    }

    private static void common(ClientConfig config, String nameserver) {
        config.setNamesrvAddr(nameserver);
        config.setVipChannelEnabled(false);
        config.setPollNameServerInterval(1_000);
        config.setHeartbeatBrokerInterval(1_000);
    }

    private static Received received(Message message) {
        return Translated.received((MessageExt) message);
    }
}
