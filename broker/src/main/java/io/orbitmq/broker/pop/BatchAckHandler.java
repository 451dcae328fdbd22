package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.state.PopKey;
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
        batch.acks().forEach(ack -> acknowledge(exchange, ack));
        acks.answerAtEnd(exchange);
    }

    private void acknowledge(Exchange exchange, BatchAck.Acked ack) {
        String topic = PopRetryTopic.real(ack.consumerGroup(), ack.topic(), ack.retry());
        PopKey key = new PopKey(ack.consumerGroup(), topic, ack.queueId());
        ack.bits().stream().forEach(bit -> {
            long offset = ack.startOffset() + bit;
            if (!check.check(topic, ack.queueId(), offset, false, exchange.connection())
                    .isNone()) {
                return;
            }
            if (ack.reviveQueueId() == ReceiptHandle.ORDERED) {
                acks.acknowledgeOrdered(key, offset, ack.popTimeMs(), exchange);
            } else {
                acks.acknowledge(key, offset, ack.popTimeMs());
            }
        });
    }
}
