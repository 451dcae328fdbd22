package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.state.PopKey;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.body.pop.BatchAck;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.MalformedBodyException;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/** BATCH_ACK_MESSAGE (200151): many messages are done with; unknown ones are passed over (protocol/08 section 5). */
final class BatchAckHandler implements RequestHandler {

    private final PlaceCheck check;
    private final Acks acks;

    BatchAckHandler(PlaceCheck check, Acks acks) {
        this.check = check;
        this.acks = acks;
    }

    @Override
    public void handle(Exchange exchange) {
        BatchAck batch;
        try {
            batch = BatchAck.decode(exchange.request().body());
        } catch (MalformedBodyException e) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, e.getMessage());
            return;
        }
        if (batch.acks().isEmpty()) {
            exchange.refuse(ResponseCode.NO_MESSAGE, "");
            return;
        }
        Refusal notStored = Refusal.NONE;
        for (BatchAck.Acked ack : batch.acks()) {
            Refusal refusal = acknowledge(exchange, ack);
            notStored = refusal.isNone() ? notStored : refusal;
        }
        if (!notStored.isNone()) {
            notStored.answer(exchange);
        }
        acks.answerAtEnd(exchange);
    }

    /** What was not stored is told; what is unknown is not. */
    private Refusal acknowledge(Exchange exchange, BatchAck.Acked ack) {
        String topic = PopRetryTopic.real(ack.consumerGroup(), ack.topic(), ack.retry());
        PopKey key = new PopKey(ack.consumerGroup(), topic, ack.queueId());
        Refusal notStored = Refusal.NONE;
        for (int bit : ack.bits().stream().toArray()) {
            Refusal refusal = acknowledge(exchange, key, ack, ack.startOffset() + bit);
            notStored = refusal.code() == ResponseCode.SYSTEM_ERROR ? refusal : notStored;
        }
        return notStored;
    }

    private Refusal acknowledge(Exchange exchange, PopKey key, BatchAck.Acked ack, long offset) {
        Refusal unknown = check.check(key.topic(), key.queueId(), offset, false, exchange.connection());
        if (!unknown.isNone()) {
            return unknown;
        }
        if (ack.reviveQueueId() == ReceiptHandle.ORDERED) {
            return acks.acknowledgeOrdered(key, offset, ack.popTimeMs(), exchange);
        }
        acks.acknowledge(key, offset, ack.popTimeMs());
        return Refusal.NONE;
    }
}
