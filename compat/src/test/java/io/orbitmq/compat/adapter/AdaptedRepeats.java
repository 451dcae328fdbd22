package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.ProducerPlan;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestRepeats;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;

/** Keeps the library's message objects. */
public final class AdaptedRepeats implements TestRepeats {

    @Override
    public Started start(ProducerPlan plan) {
        DefaultMQProducer producer = new DefaultMQProducer(plan.group());
        producer.setNamesrvAddr(plan.nameserver());
        producer.setPollNameServerInterval(1_000);
        producer.setSendMsgTimeout(plan.sendTimeoutMs());
        Checked.run(producer::start);
        return new Started() {
            @Override
            public Repeatable message(Outgoing message) {
                return new One(producer, Translated.toOfficial(message));
            }

            @Override
            public Repeatable batch(List<Outgoing> messages) {
                return new Together(
                        producer, messages.stream().map(Translated::toOfficial).toList());
            }

            @Override
            public void close() {
                producer.shutdown();
            }
        };
    }

    private record One(DefaultMQProducer producer, Message message) implements Repeatable {

        @Override
        public Sent send() {
            return Checked.answer(() -> Translated.sent(producer.send(message)));
        }

        @Override
        public CompletableFuture<Sent> sendAsync() {
            CompletableFuture<Sent> future = new CompletableFuture<>();
            Checked.run(() -> producer.send(message, new SendCallback() {
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
    }

    private record Together(DefaultMQProducer producer, List<Message> messages) implements Repeatable {

        @Override
        public Sent send() {
            return Checked.answer(() -> Translated.sent(producer.send(messages)));
        }

        @Override
        public CompletableFuture<Sent> sendAsync() {
            throw new UnsupportedOperationException("collections are sent and waited for");
        }
    }
}
