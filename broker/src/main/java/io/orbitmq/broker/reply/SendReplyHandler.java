package io.orbitmq.broker.reply;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.group.ProducerGroups;
import io.orbitmq.broker.request.DurableAnswers;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.send.PlainSend;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.protocol.header.send.SendAnswerHeader;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SEND_REPLY_MESSAGE (324) and its V2 (325): a consumer answers a producer's request (protocol/04 section 5). Answered
 * when the producer has confirmed the reply or 10 s passed, and the stored copy is durable. Never blocks.
 */
public final class SendReplyHandler implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SendReplyHandler.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NOT_STORED = "0";
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);

    private final LiveConfig config;
    private final PlainSend sends;
    private final ProducerGroups producers;
    private final ReplyPush push;
    private final DurableAnswers durable;

    public SendReplyHandler(
            LiveConfig config, PlainSend sends, ProducerGroups producers, ReplyPush push, DurableAnswers durable) {
        this.config = config;
        this.sends = sends;
        this.producers = producers;
        this.push = push;
        this.durable = durable;
    }

    @Override
    public void handle(Exchange exchange) {
        Command request = exchange.request();
        ReceivedSend header = ReceivedSend.of(request.code(), request.fields());
        if (sends.isAdmitted(exchange, header)) {
            reply(exchange, header);
        }
    }

    private void reply(Exchange exchange, ReceivedSend header) {
        MessageProperties properties = MessageProperties.parse(header.propertiesText());
        Optional<PlainSend.Stored> stored = store(exchange, header);
        push(exchange, header, properties)
                .whenComplete((refusal, failure) -> answer(exchange, header, properties, stored, refusal));
    }

    /** The reply is worth delivering even if it cannot be kept. */
    private Optional<PlainSend.Stored> store(Exchange exchange, ReceivedSend header) {
        if (!config.get().sends().storeReplies()) {
            return Optional.empty();
        }
        PlainSend.Outcome outcome = sends.store(exchange, header);
        if (outcome.stored().isEmpty()) {
            LOG.warn(
                    "event=reply-not-stored topic={} action=it is pushed all the same reason=\"{}\"",
                    header.topic(),
                    outcome.refusal().remark());
        }
        return outcome.stored();
    }

    /** Completes, never exceptionally, with {@link Refusal#NONE} when the producer has the reply. */
    private CompletableFuture<Refusal> push(Exchange exchange, ReceivedSend header, MessageProperties properties) {
        String clientId = properties.get(PropertyNames.REPLY_TO_CLIENT);
        if (clientId.isEmpty()) {
            return refused("reply message properties[" + PropertyNames.REPLY_TO_CLIENT + "] is null");
        }
        Optional<Connection> producer = producers.findClient(clientId);
        if (producer.isEmpty()) {
            return refused("push reply message fail, channel of <" + clientId + "> not found.");
        }
        return producer.get()
                .call(push.request(exchange, header, properties), PATIENCE)
                .handle((answer, failure) -> outcome(clientId, answer, failure));
    }

    private static Refusal outcome(String clientId, Command answer, Throwable failure) {
        if (failure == null && answer.code() == ResponseCode.SUCCESS) {
            return Refusal.NONE;
        }
        String why = failure == null ? "it answered code " + answer.code() : String.valueOf(failure.getMessage());
        return new Refusal(ResponseCode.SYSTEM_ERROR, "push reply message to " + clientId + "fail. " + why);
    }

    private static CompletableFuture<Refusal> refused(String text) {
        return CompletableFuture.completedFuture(new Refusal(ResponseCode.SYSTEM_ERROR, text));
    }

    private void answer(
            Exchange exchange,
            ReceivedSend header,
            MessageProperties properties,
            Optional<PlainSend.Stored> stored,
            Refusal refusal) {
        Command answer = Command.response(
                exchange.request(),
                refusal.code(),
                refusal.remark(),
                new SendAnswerHeader(
                                stored.map(PlainSend.Stored::messageId).orElse(NOT_STORED),
                                stored.map(PlainSend.Stored::queueId).orElse(header.queueId()),
                                stored.map(PlainSend.Stored::queueOffset).orElse(0L),
                                properties.get(PropertyNames.UNIQ_KEY),
                                "",
                                "",
                                config.get().identity().regionId(),
                                config.get().sends().traceOn())
                        .toFields(),
                NO_BODY);
        if (stored.isPresent()) {
            durable.answerWhenDurable(exchange, stored.get().endPosition(), answer);
        } else {
            exchange.answer(answer);
        }
    }
}
