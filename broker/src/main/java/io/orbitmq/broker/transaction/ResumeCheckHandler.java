package io.orbitmq.broker.transaction;

import io.orbitmq.broker.send.StoreRefusal;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.query.ResumeCheckHeader;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.OffsetMessageId;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Optional;

/**
 * RESUME_CHECK_HALF_MESSAGE (323): the producers of a transaction are asked again from the first time on (protocol/06
 * section 4.7). Of an open transaction the count of checks starts again and the producer is asked at once; one that was
 * given up becomes a new half message. A transaction that was committed or rolled back stays so. May wait for the disk.
 */
final class ResumeCheckHandler implements RequestHandler {

    private final TransactionParts parts;
    private final CheckBack checkBack;

    ResumeCheckHandler(TransactionParts parts, CheckBack checkBack) {
        this.parts = parts;
        this.checkBack = checkBack;
    }

    @Override
    public void handle(Exchange exchange) {
        ResumeCheckHeader asked = ResumeCheckHeader.from(exchange.request().fields());
        long position = OffsetMessageId.decode(asked.messageId())
                .map(OffsetMessageId::position)
                .orElse(-1L);
        Optional<HalfMessage> givenUp = HalfMessage.readGivenUp(parts.store(), position);
        if (parts.table().find(position).isPresent()) {
            StateWriter change = new StateWriter();
            OpenTransactions.checked(change, position, 0);
            answer(exchange, parts.store().appendState(parts.table().name(), change.toBuffer()));
            checkBack.lookSoon(position);
        } else if (givenUp.isPresent()) {
            answer(
                    exchange,
                    parts.store()
                            .append(
                                    parts.store().queue(Names.HALF_TOPIC, 0),
                                    givenUp.get().reopened()));
        } else {
            exchange.refuse(
                    ResponseCode.SYSTEM_ERROR,
                    "msgId must be the offset message id of an open half message or of a message in "
                            + Names.TRANSACTION_GIVEN_UP_TOPIC + ", found '" + asked.messageId() + "'");
        }
    }

    private void answer(Exchange exchange, AppendOutcome outcome) {
        if (outcome instanceof Appended appended) {
            parts.durable().succeedWhenDurable(exchange, appended.endPosition());
        } else if (outcome instanceof Refused refused) {
            StoreRefusal.of(refused, parts.config().get().sends().maxBodyBytes())
                    .answer(exchange);
        }
    }
}
