package io.orbitmq.broker.delay;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.delay.DelayMachine.RecallResult;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.send.RecallHeader;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * RECALL_MESSAGE (370): takes a message back that waits for a time of its own (protocol/04 section 6). Succeeds for a
 * message that does not wait, as with RocketMQ. Never blocks; answered when the recall is durable.
 */
public final class RecallHandler implements RequestHandler {

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);
    private static final Refusal TIME_INVALID =
            new Refusal(ResponseCode.ILLEGAL_OPERATION, "recall failed, timestamp invalid");

    private final LiveConfig config;
    private final Topics topics;
    private final DelayMachine machine;
    private final Clock clock;

    public RecallHandler(LiveConfig config, Topics topics, DelayMachine machine, Clock clock) {
        this.config = config;
        this.topics = topics;
        this.machine = machine;
        this.clock = clock;
    }

    @Override
    public void handle(Exchange exchange) {
        RecallHeader header = RecallHeader.from(exchange.request().fields());
        Optional<RecallHandle> handle = RecallHandle.decode(header.recallHandle());
        Refusal refusal = check(header, handle);
        if (!refusal.isNone()) {
            answer(exchange, refusal, Fields.NONE);
            return;
        }
        RecallHandle found = handle.orElseThrow();
        machine.recall(found.topic(), found.uniqueKey(), found.dueMs())
                .whenComplete((result, failure) -> answerResult(exchange, found, result, failure));
    }

    private Refusal check(RecallHeader header, Optional<RecallHandle> decoded) {
        BrokerConfig current = config.get();
        if (!current.delays().recall()) {
            return new Refusal(ResponseCode.NO_PERMISSION, "recall failed, operation is forbidden");
        }
        if (topics.find(header.topic()).isEmpty()) {
            return new Refusal(
                    ResponseCode.TOPIC_NOT_EXIST, "recall failed, the topic[" + header.topic() + "] not exist");
        }
        if (decoded.isEmpty()) {
            return new Refusal(ResponseCode.ILLEGAL_OPERATION, "recall handle is invalid");
        }
        RecallHandle handle = decoded.get();
        if (!handle.topic().equals(header.topic())) {
            return new Refusal(ResponseCode.ILLEGAL_OPERATION, "recall failed, topic not match");
        }
        if (!handle.brokerName().equals(current.identity().brokerName())) {
            return new Refusal(ResponseCode.ILLEGAL_OPERATION, "recall failed, broker service not available");
        }
        long nowMs = clock.epochMs();
        boolean valid = handle.timestampMs() > nowMs
                && handle.timestampMs() - nowMs <= current.delays().maxDelay().toMillis() + 1;
        return valid ? Refusal.NONE : TIME_INVALID;
    }

    private void answerResult(Exchange exchange, RecallHandle handle, RecallResult result, Throwable failure) {
        if (failure != null) {
            answer(
                    exchange,
                    new Refusal(ResponseCode.SYSTEM_ERROR, "recall failed, execute error: " + failure.getMessage()),
                    Fields.NONE);
            return;
        }
        switch (result) {
            case RECALLED -> answer(exchange, Refusal.NONE, Fields.of("msgId", handle.uniqueKey()));
            case TOO_LATE -> answer(exchange, TIME_INVALID, Fields.NONE);
            case TOO_MANY ->
                answer(
                        exchange,
                        new Refusal(
                                ResponseCode.SYSTEM_ERROR,
                                "recall failed, execute error: " + Recalls.MOST
                                        + " recalls wait for their messages' time, which is the limit"),
                        Fields.NONE);
            default -> throw new IllegalStateException("unknown result " + result);
        }
    }

    private void answer(Exchange exchange, Refusal outcome, Fields more) {
        Fields.Builder fields = Fields.builder();
        if (!more.text("msgId").isEmpty()) {
            fields.put("msgId", more.text("msgId"));
        }
        fields.put(PropertyNames.MSG_REGION, config.get().identity().regionId());
        exchange.answer(
                Command.response(exchange.request(), outcome.code(), outcome.remark(), fields.build(), NO_BODY));
    }
}
