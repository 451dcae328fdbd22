package io.orbitmq.benchmarks.delay;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.header.topic.CreateTopicHeader;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** One measurement against one broker; {@link #run} blocks until it is over. */
final class DelayRun {

    private static final String NORMAL = "DelayBenchNormal";
    private static final String DELAYED = "DelayBenchDelayed";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long TICK_NANOS = 1_000_000L;
    private static final long PATIENCE_MS = 10_000;

    private final DelayPlan plan;
    private final String broker;
    private final Clock clock;
    private final SplittableRandom chance = new SplittableRandom(1);
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();

    DelayRun(DelayPlan plan, String broker, Clock clock) {
        this.plan = plan;
        this.broker = broker;
        this.clock = clock;
    }

    /** Lines of a table in Markdown. */
    List<String> run() throws IOException {
        try (RemotingClient sending = client("sender");
                RemotingClient receiving = client("receiver")) {
            createTopic(sending, NORMAL, DelayPlan.NORMAL_QUEUES);
            createTopic(sending, DELAYED, DelayPlan.DELAYED_QUEUES);
            long beginMs = clock.epochMs();
            DelayConsumer consumer = new DelayConsumer(
                    receiving, broker, DELAYED, beginMs + plan.warmTime().toMillis(), clock);
            consumer.start();
            long tookNanos = sendAll(sending);
            awaitAll(consumer);
            return List.of(
                    String.format(
                            Locale.ROOT,
                            "normal load: %.0f messages/s acknowledged, %d refused",
                            acknowledged.sum() * 1e9 / tookNanos,
                            refused.sum()),
                    String.format(Locale.ROOT, "delayed: %d sent, %d arrived", accepted.sum(), consumer.received()),
                    "| delay | counted | early | stored p50 ms | p99 | max | arrived p50 ms | p99 | max |",
                    "|---|---|---|---|---|---|---|---|---|",
                    consumer.levels().line("by level"),
                    consumer.times().line("to the millisecond"));
        }
    }

    private long sendAll(RemotingClient client) {
        long begun = clock.nanos();
        long sendNanos = plan.sendTime().toNanos();
        long endNanos = sendNanos + DelayPlan.LONGEST.toNanos();
        long normal = 0;
        long delayed = 0;
        for (long passed = 0; passed < endNanos; passed = clock.nanos() - begun) {
            for (long due = passed * plan.normalPerSecond() / 1_000_000_000L; normal < due; normal++) {
                sendNormal(client, normal);
            }
            long sendable = Math.min(passed, sendNanos);
            for (long due = sendable * plan.delayedPerSecond() / 1_000_000_000L; delayed < due; delayed++) {
                sendDelayed(client, delayed);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        return clock.nanos() - begun;
    }

    private void sendNormal(RemotingClient client, long number) {
        send(client, NORMAL, (int) (number % DelayPlan.NORMAL_QUEUES), new MessageProperties(), acknowledged);
    }

    private void sendDelayed(RemotingClient client, long number) {
        MessageProperties properties = new MessageProperties();
        long now = clock.epochMs();
        if (number % 5 == 0) {
            int level = 1 + (int) (number / 5 % DelayPlan.LEVEL_MS.length);
            properties
                    .put(PropertyNames.DELAY, Integer.toString(level))
                    .put(Lateness.DUE, Long.toString(now + DelayPlan.LEVEL_MS[level - 1]))
                    .put(Lateness.KIND, "level");
        } else {
            String due = Long.toString(now + 1_000 + chance.nextLong(DelayPlan.LONGEST.toMillis() - 1_000));
            properties
                    .put(PropertyNames.TIMER_DELIVER_MS, due)
                    .put(Lateness.DUE, due)
                    .put(Lateness.KIND, "time");
        }
        send(client, DELAYED, (int) (number % DelayPlan.DELAYED_QUEUES), properties, accepted);
    }

    private void send(RemotingClient client, String topic, int queue, MessageProperties properties, LongAdder counter) {
        SendMessageHeader header = new SendMessageHeader(
                "delay-bench",
                topic,
                "TBW102",
                1,
                queue,
                0,
                clock.epochMs(),
                0,
                properties.encode(),
                0,
                false,
                -1,
                false);
        ByteBuffer body = ByteBuffer.allocate(DelayPlan.BODY_BYTES);
        client.call(broker, Command.request(RequestCode.SEND_MESSAGE_V2, header.toShortFields(), body), TIMEOUT)
                .whenComplete((answer, failure) -> {
                    boolean stored = failure == null && answer.code() == ResponseCode.SUCCESS;
                    (stored ? counter : refused).increment();
                });
    }

    private void awaitAll(DelayConsumer consumer) throws IOException {
        long end = clock.epochMs() + PATIENCE_MS;
        while (consumer.received() < accepted.sum() && clock.epochMs() < end) {
            LockSupport.parkNanos(TICK_NANOS);
        }
        if (!consumer.failure().isEmpty()) {
            throw new IOException("receiving failed: " + consumer.failure());
        }
    }

    private void createTopic(RemotingClient client, String topic, int queues) throws IOException {
        CreateTopicHeader header =
                new CreateTopicHeader(topic, "TBW102", queues, queues, 6, "SINGLE_TAG", 0, false, "", false);
        Command answer = client.call(
                        broker, Command.request(RequestCode.UPDATE_AND_CREATE_TOPIC, header.toFields()), TIMEOUT)
                .join();
        if (answer.code() != ResponseCode.SUCCESS) {
            throw new IOException("the broker refused to create " + topic + ": " + answer.remark());
        }
    }

    private RemotingClient client(String name) {
        return new RemotingClient(
                ClientConfig.defaults().withName(name), HandlerTable.builder().build(), ConnectionListener.NONE, clock);
    }
}
