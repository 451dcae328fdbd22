package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.transport.Exchange;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The checks every send passes, in the order of protocol/04 section 2, rows 1 to 8. Stateless. */
final class Admission {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS").withZone(ZoneId.systemDefault());

    private final LiveConfig config;
    private final TopicCreation creation;
    private final Clock clock;

    Admission(LiveConfig config, Topics topics, Clock clock) {
        this.config = config;
        this.creation = new TopicCreation(config, topics);
        this.clock = clock;
    }

    /**
     * Why the message is not taken; {@link Refusal#NONE} when it is, and then its topic exists, perhaps made just now.
     *
     * @param topic the header's, or {@link SendTopics#NONE}
     * @throws ChangeLostException when the topic must be made and the store takes no changes
     */
    Refusal check(Exchange exchange, ReceivedSend header, SendTopic topic) {
        BrokerConfig current = config.get();
        int bodyBytes = exchange.request().body().remaining();
        int limit = current.sends().maxBodyBytes();
        if (bodyBytes > limit) {
            return StoreRefusal.illegal(
                    "The body has " + bodyBytes + " bytes, the limit is " + limit
                            + " (maxMessageSize). Send smaller messages or batches, or raise the limit.",
                    limit);
        }
        if (bodyBytes == 0) {
            return new Refusal(
                    ResponseCode.SYSTEM_ERROR,
                    "the message has no body; send at least one byte, topic " + header.topic());
        }
        long acceptFrom = current.sends().acceptFromMs();
        if (acceptFrom > 0 && clock.epochMs() < acceptFrom) {
            return new Refusal(
                    ResponseCode.SYSTEM_ERROR,
                    "broker unable to service, until " + TIME.format(Instant.ofEpochMilli(acceptFrom)));
        }
        if (topic == SendTopics.NONE) {
            return checkNew(exchange, header);
        }
        if (!current.topics().brokerWritable() && topic.isOrdered()) {
            return new Refusal(
                    ResponseCode.NO_PERMISSION,
                    "the broker[" + current.identity().advertisedHost() + "] sending message is forbidden");
        }
        if (topic.isClosed()) {
            return closed(header);
        }
        return header.queueId() < topic.queues() ? Refusal.NONE : checkQueue(exchange, header, topic.config());
    }

    private Refusal checkNew(Exchange exchange, ReceivedSend header) {
        Optional<String> fault = Names.topicFault(header.topic());
        if (fault.isPresent()) {
            return new Refusal(ResponseCode.INVALID_PARAMETER, fault.get());
        }
        if (SendTopic.isClosed(header.topic())) {
            return closed(header);
        }
        Optional<TopicConfig> made = creation.create(header);
        return made.isPresent() ? checkQueue(exchange, header, made.get()) : unknownTopic(header);
    }

    private static Refusal closed(ReceivedSend header) {
        return new Refusal(
                ResponseCode.NO_PERMISSION, "Sending message to topic[" + header.topic() + "] is forbidden.");
    }

    /** The answer to a send to a topic that does not exist. */
    static Refusal unknownTopic(ReceivedSend header) {
        return new Refusal(
                ResponseCode.TOPIC_NOT_EXIST,
                "topic[" + header.topic() + "] not exist, apply first please!" + Refusal.FAQ);
    }

    private static Refusal checkQueue(Exchange exchange, ReceivedSend header, TopicConfig topic) {
        if (header.queueId() < Math.max(topic.writeQueues(), topic.readQueues())) {
            return Refusal.NONE;
        }
        InetSocketAddress producer = exchange.connection().remoteAddress();
        return new Refusal(
                ResponseCode.INVALID_PARAMETER,
                "request queueId[" + header.queueId() + "] is illegal, " + topic.describe() + " Producer: "
                        + producer.getAddress().getHostAddress() + ":" + producer.getPort());
    }
}
