package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.ProducerPlan;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestConsumer;
import io.orbitmq.compat.client.TestProducer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The main class of a client process whose headers are binary ({@code -Drocketmq.serialize.type=ROCKETMQ} is read once per
 * process): creates a topic, sends, consumes, queries, and prints one line {@code conversation ok} or the failure.
 * Arguments: name server, topic.
 */
public final class BinaryConversation {

    private static final int MESSAGES = 50;
    private static final int LIMIT_SECONDS = 60;

    private BinaryConversation() {}

    public static void main(String[] arguments) throws Exception {
        String serialization = Variations.serialization();
        require(serialization.equals("ROCKETMQ"), "binary headers, found " + serialization);
        converse(new AdaptedClient(), arguments[0], arguments[1]);
        System.out.println("conversation ok");
        System.exit(0);
    }

    private static void converse(AdaptedClient client, String nameserver, String topic) throws InterruptedException {
        try (TestProducer producer = client.producer(ProducerPlan.of(nameserver, topic + "_producers"))) {
            producer.createTopic(topic, 2);
            Set<String> seen = ConcurrentHashMap.newKeySet();
            CountDownLatch all = new CountDownLatch(MESSAGES);
            TestConsumer consumer = client.push(
                    ConsumerPlan.of(nameserver, topic + "_consumers", topic).expression("TagA"),
                    batch -> count(batch, seen, all));
            Sent last = null;
            for (int i = 0; i < MESSAGES; i++) {
                last = producer.send(message(topic, i));
                require(last.status().equals("SEND_OK"), "SEND_OK, found " + last.status());
            }
            require(all.await(LIMIT_SECONDS, TimeUnit.SECONDS), "all messages, found " + seen.size());
            Received viewed = producer.viewMessage(topic, last.offsetMessageId());
            require(viewed.text().equals("m" + (MESSAGES - 1)), "the last message, found " + viewed.text());
            require(producer.maxOffset(last.queue()) == last.queueOffset() + 1, "the end of the queue");
            consumer.close();
        }
    }

    private static Outgoing message(String topic, int number) {
        byte[] body = ("m" + number).getBytes(StandardCharsets.UTF_8);
        return new Outgoing(topic, "TagA", "k" + number, body, Map.of("umlaut", "äöü"));
    }

    private static boolean count(List<Received> batch, Set<String> seen, CountDownLatch all) {
        for (Received message : batch) {
            if (message.properties().get("umlaut").equals("äöü") && seen.add(message.text())) {
                all.countDown();
            }
        }
        return true;
    }

    private static void require(boolean met, String expected) {
        if (!met) {
            System.out.println("expected " + expected);
            System.exit(1);
        }
    }
}
