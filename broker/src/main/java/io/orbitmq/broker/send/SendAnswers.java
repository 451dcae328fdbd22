package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.request.DurableAnswers;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.ConstantFields;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.send.StoredAnswerHeader;
import io.orbitmq.protocol.message.OffsetMessageIds;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.Utf8Range;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;

/** Answers to sends: every one, refusals too, says region and trace switch (protocol/04 section 1.2). Any thread. */
final class SendAnswers {

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);

    private final LiveConfig config;
    private final DurableAnswers durable;
    private volatile Common common = new Common("", true, StoredAnswerHeader.common("", true));

    SendAnswers(LiveConfig config, DurableAnswers durable) {
        this.config = config;
        this.durable = durable;
    }

    /** Made anew when a setting has changed. */
    private record Common(String region, boolean traceOn, ConstantFields fields) {}

    private ConstantFields common() {
        BrokerConfig current = config.get();
        String region = current.identity().regionId();
        boolean traceOn = current.sends().traceOn();
        Common known = common;
        if (known.traceOn != traceOn || !known.region.equals(region)) {
            known = new Common(region, traceOn, StoredAnswerHeader.common(region, traceOn));
            common = known;
        }
        return known.fields;
    }

    void refuse(Exchange exchange, Refusal refusal) {
        Fields fields = Fields.of(
                PropertyNames.MSG_REGION,
                config.get().identity().regionId(),
                PropertyNames.TRACE_ON,
                Boolean.toString(config.get().sends().traceOn()));
        exchange.answer(Command.response(exchange.request(), refusal.code(), refusal.remark(), fields, NO_BODY));
    }

    /**
     * Answers a stored message, or the first of a batch.
     *
     * @param place where it stands
     * @param recallHandle by which it can be taken back, or empty
     * @param wait whether the answer waits for the disk
     */
    void stored(Exchange exchange, Place place, String recallHandle, boolean wait) {
        if (exchange.request().isOneWay()) {
            durable.appended(exchange);
            return;
        }
        Command answer = Command.response(
                exchange.request(),
                ResponseCode.SUCCESS,
                new StoredAnswerHeader(
                                place.messageIds,
                                place.queueId,
                                place.queueOffset,
                                place.uniqueKey,
                                recallHandle,
                                common())
                        .toFields());
        if (wait) {
            durable.answerWhenDurable(exchange, place.endPosition, answer);
        } else {
            durable.appended(exchange);
            exchange.answer(answer);
        }
    }

    /**
     * Where a message, or a batch, stands.
     *
     * @param messageIds of the message, or of all in the batch
     * @param queueId the queue asked for
     * @param queueOffset where the first really stands
     * @param uniqueKey the message's or batch's, may be empty
     * @param endPosition byte place after the last
     */
    record Place(OffsetMessageIds messageIds, int queueId, long queueOffset, Utf8Range uniqueKey, long endPosition) {}
}
