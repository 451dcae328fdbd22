package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.state.PopChange;
import io.orbitmq.broker.pop.state.PopKey;
import io.orbitmq.broker.pop.state.PopQueue;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.pop.ChangeInvisibleAnswerHeader;
import io.orbitmq.protocol.header.pop.ChangeInvisibleHeader;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * CHANGE_MESSAGE_INVISIBLETIME (200053): the message stays hidden for another time, counted from now (protocol/08 section
 * 6). For a message that was acknowledged or revived meanwhile it changes nothing and succeeds: that message is already
 * done with, or on its way.
 */
final class ChangeInvisibleHandler implements RequestHandler {

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final PopParts parts;
    private final PlaceCheck check;
    private final OrderedPops ordered;
    private final TurnEnd turnEnd;

    ChangeInvisibleHandler(PopParts parts, PlaceCheck check, OrderedPops ordered, TurnEnd turnEnd) {
        this.parts = parts;
        this.check = check;
        this.ordered = ordered;
        this.turnEnd = turnEnd;
    }

    @Override
    public void handle(Exchange exchange) {
        ChangeInvisibleHeader header =
                ChangeInvisibleHeader.from(exchange.request().fields());
        Refusal refusal = check.check(header.topic(), header.queueId(), header.offset(), true, exchange.connection());
        if (!refusal.isNone()) {
            answer(exchange, refusal, ChangeInvisibleAnswerHeader.NONE);
            return;
        }
        ReceiptHandle handle;
        try {
            handle = ReceiptHandle.parse(header.receipt());
        } catch (IllegalArgumentException e) {
            answer(exchange, new Refusal(ResponseCode.SYSTEM_ERROR, e.getMessage()), ChangeInvisibleAnswerHeader.NONE);
            return;
        }
        PopKey key = new PopKey(header.consumerGroup(), header.topic(), header.queueId());
        if (handle.isOrdered()) {
            changeOrdered(exchange, header, handle, key);
        } else {
            change(exchange, header, handle, key);
        }
    }

    private void change(Exchange exchange, ChangeInvisibleHeader header, ReceiptHandle handle, PopKey key) {
        long nowMs = parts.clock().epochMs();
        long dueMs = nowMs + Math.max(0, header.invisibleTimeMs());
        Optional<PopQueue> queue = parts.table().find(key);
        Refusal refusal =
                queue.isEmpty() ? Refusal.NONE : renew(queue.get(), header.offset(), handle.popTimeMs(), nowMs, dueMs);
        answer(
                exchange,
                refusal,
                refusal.isNone()
                        ? new ChangeInvisibleAnswerHeader(nowMs, header.invisibleTimeMs(), handle.reviveQueueId())
                        : ChangeInvisibleAnswerHeader.NONE);
        turnEnd.appended(exchange);
    }

    private Refusal renew(PopQueue queue, long offset, long oldPopTimeMs, long popTimeMs, long dueMs) {
        synchronized (queue) {
            if (!parts.table().isOut(queue, offset, oldPopTimeMs)) {
                return Refusal.NONE;
            }
            PopChange change = new PopChange().renewed(queue.number(), offset, oldPopTimeMs, popTimeMs, dueMs);
            return parts.store().appendState(parts.table().name(), change.toBuffer())
                            instanceof AppendOutcome.Refused refused
                    ? new Refusal(ResponseCode.SYSTEM_ERROR, "the new time was not stored: " + refused.text())
                    : Refusal.NONE;
        }
    }

    private void changeOrdered(Exchange exchange, ChangeInvisibleHeader header, ReceiptHandle handle, PopKey key) {
        long committed = parts.offsets().offset(key.group(), key.topic(), key.queueId());
        if (header.offset() < committed) {
            answer(exchange, Refusal.NONE, ChangeInvisibleAnswerHeader.NONE);
            return;
        }
        long visibleMs = parts.clock().epochMs() + Math.max(0, header.invisibleTimeMs());
        Refusal refusal = ordered.change(key, header.offset(), handle.popTimeMs(), visibleMs);
        answer(
                exchange,
                refusal,
                refusal.isNone()
                        ? new ChangeInvisibleAnswerHeader(
                                handle.popTimeMs(), visibleMs - handle.popTimeMs(), ReceiptHandle.ORDERED)
                        : ChangeInvisibleAnswerHeader.NONE);
        turnEnd.appended(exchange);
    }

    private static void answer(Exchange exchange, Refusal refusal, ChangeInvisibleAnswerHeader header) {
        exchange.answer(
                Command.response(exchange.request(), refusal.code(), refusal.remark(), header.toFields(), NO_BODY));
    }
}
