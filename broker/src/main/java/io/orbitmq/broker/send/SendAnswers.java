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
import io.orbitmq.protocol.message.PropertyNames;
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

    /** What every answer ends in. */
    ConstantFields common() {
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
     * @param endPosition byte place after the last
     * @param wait whether the answer waits for the disk
     */
    void stored(Exchange exchange, StoredAnswerHeader header, long endPosition, boolean wait) {
        if (exchange.request().isOneWay()) {
            durable.appended(exchange);
            return;
        }
        Command answer = Command.response(exchange.request(), ResponseCode.SUCCESS, header.toFields());
        if (wait) {
            durable.answerWhenDurable(exchange, endPosition, answer);
        } else {
            durable.appended(exchange);
            exchange.answer(answer);
        }
    }
}
