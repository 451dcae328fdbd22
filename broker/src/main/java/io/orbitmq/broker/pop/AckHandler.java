package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.state.PopKey;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.pop.AckHeader;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/**
 * ACK_MESSAGE (200051): one message is done with (protocol/08 section 4). Again, too late, or after the message was
 * revived it changes nothing and succeeds.
 */
final class AckHandler implements RequestHandler {

    private final PlaceCheck check;
    private final Acks acks;

    AckHandler(PlaceCheck check, Acks acks) {
        this.check = check;
        this.acks = acks;
    }

    @Override
    public void handle(Exchange exchange) {
        AckHeader header = AckHeader.from(exchange.request().fields());
        Refusal refusal = check.check(header.topic(), header.queueId(), header.offset(), false, exchange.connection());
        if (!refusal.isNone()) {
            refusal.answer(exchange);
            return;
        }
        ReceiptHandle handle;
        try {
            handle = ReceiptHandle.parse(header.receipt());
        } catch (IllegalArgumentException e) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, e.getMessage());
            return;
        }
        PopKey key = new PopKey(header.consumerGroup(), header.topic(), header.queueId());
        if (handle.isOrdered()) {
            Refusal fault = acks.acknowledgeOrdered(key, header.offset(), handle.popTimeMs(), exchange);
            if (!fault.isNone()) {
                fault.answer(exchange);
                return;
            }
        } else {
            acks.acknowledge(key, header.offset(), handle.popTimeMs());
        }
        acks.answerAtEnd(exchange);
    }
}
