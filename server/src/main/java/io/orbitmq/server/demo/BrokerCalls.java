package io.orbitmq.server.demo;

import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.pull.PullFlags;
import io.orbitmq.protocol.header.pull.PullRequestHeader;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.header.topic.CreateTopicHeader;
import io.orbitmq.protocol.header.topic.TopicHeader;
import io.orbitmq.transport.client.RemotingClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The few requests the demonstration makes of one broker about one topic. Any thread. */
final class BrokerCalls {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration HOLD = Duration.ofSeconds(2);
    private static final int READ_AND_WRITE = 6;
    private static final int MESSAGES_PER_PULL = 512;
    private static final String GROUP = "orbitmq_demo";
    private static final String TEMPLATE_TOPIC = "TBW102";

    private final RemotingClient client;
    private final String address;
    private final String topic;

    BrokerCalls(RemotingClient client, String address, String topic) {
        this.client = client;
        this.address = address;
        this.topic = topic;
    }

    CompletableFuture<Command> createTopic(int queues) {
        CreateTopicHeader header = new CreateTopicHeader(
                topic, TEMPLATE_TOPIC, queues, queues, READ_AND_WRITE, "SINGLE_TAG", 0, false, "", false);
        return client.call(address, Command.request(RequestCode.UPDATE_AND_CREATE_TOPIC, header.toFields()), TIMEOUT);
    }

    CompletableFuture<Command> deleteTopic() {
        TopicHeader header = new TopicHeader(topic, false);
        return client.call(address, Command.request(RequestCode.DELETE_TOPIC_IN_BROKER, header.toFields()), TIMEOUT);
    }

    CompletableFuture<Command> send(int queueId, long bornMs, String properties, ByteBuffer body) {
        SendMessageHeader header = new SendMessageHeader(
                GROUP, topic, TEMPLATE_TOPIC, 1, queueId, 0, bornMs, 0, properties, 0, false, -1, false);
        return client.call(
                address, Command.request(RequestCode.SEND_MESSAGE_V2, header.toShortFields(), body), TIMEOUT);
    }

    /** Waits at the broker for a while when there is nothing at {@code offset} yet. */
    CompletableFuture<Command> pull(int queueId, long offset) {
        PullRequestHeader header = new PullRequestHeader(
                GROUP,
                topic,
                queueId,
                offset,
                MESSAGES_PER_PULL,
                PullFlags.SUSPEND | PullFlags.SUBSCRIPTION,
                0,
                HOLD.toMillis(),
                "*",
                0,
                "TAG",
                Integer.MAX_VALUE);
        return client.call(address, Command.request(RequestCode.PULL_MESSAGE, header.toFields()), TIMEOUT.plus(HOLD));
    }
}
