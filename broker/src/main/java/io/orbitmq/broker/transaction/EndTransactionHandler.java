package io.orbitmq.broker.transaction;

import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.send.EndTransactionHeader;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Optional;

/**
 * END_TRANSACTION (37): a producer commits or rolls back (protocol/06 section 4.3). Usually one-way. A transaction that
 * has ended is not ended again: the answer is 0, and nothing is delivered twice. May wait for the disk.
 */
final class EndTransactionHandler implements RequestHandler {

    private static final long MS_PER_SECOND = 1000;

    private final TransactionParts parts;
    private final Settlements settlements;

    EndTransactionHandler(TransactionParts parts, Settlements settlements) {
        this.parts = parts;
        this.settlements = settlements;
    }

    @Override
    public void handle(Exchange exchange) {
        EndTransactionHeader header =
                EndTransactionHeader.from(exchange.request().fields());
        switch (header.decision()) {
            case SysFlag.TRANSACTION_NONE -> exchange.succeed(Fields.NONE);
            case SysFlag.TRANSACTION_COMMIT, SysFlag.TRANSACTION_ROLLBACK -> end(exchange, header);
            default ->
                exchange.refuse(
                        ResponseCode.SYSTEM_ERROR,
                        "commitOrRollback field wrong: expected 0 (unknown), 8 (commit) or 12 (roll back), found "
                                + header.decision());
        }
    }

    private void end(Exchange exchange, EndTransactionHeader header) {
        Optional<HalfMessage> half = HalfMessage.read(parts.store(), header.position());
        if (half.isEmpty()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "Find prepared transaction message failed");
            return;
        }
        Refusal refusal = check(header, half.get());
        if (!refusal.isNone()) {
            refusal.answer(exchange);
            return;
        }
        Settled settled = header.decision() == SysFlag.TRANSACTION_COMMIT
                ? settlements.commit(half.get())
                : settlements.rollBack(half.get());
        answer(exchange, settled);
    }

    private Refusal check(EndTransactionHeader header, HalfMessage half) {
        if (!header.fromCheck() && isTooLate(half)) {
            return new Refusal(ResponseCode.ILLEGAL_OPERATION, "");
        }
        if (!half.producerGroup().equals(header.producerGroup())) {
            return new Refusal(ResponseCode.SYSTEM_ERROR, "The producer group wrong");
        }
        if (half.queueOffset() != header.queueOffset()) {
            return new Refusal(ResponseCode.SYSTEM_ERROR, "The transaction state table offset wrong");
        }
        return half.position() == header.position()
                ? Refusal.NONE
                : new Refusal(ResponseCode.SYSTEM_ERROR, "The commit log offset wrong");
    }

    /** After the time that the producer asked for it is the check-back's turn. */
    private boolean isTooLate(HalfMessage half) {
        Optional<OpenTransaction> open = parts.table().find(half.position());
        if (open.isEmpty() || open.get().immunitySeconds() < 0) {
            return false;
        }
        long patienceMs = Math.max(
                open.get().immunitySeconds() * MS_PER_SECOND,
                parts.config().get().transactions().timeout().toMillis());
        return parts.clock().epochMs() - half.bornTimestamp() > patienceMs;
    }

    private void answer(Exchange exchange, Settled settled) {
        if (settled instanceof Settled.NotDone notDone) {
            notDone.refusal().answer(exchange);
        } else if (settled instanceof Settled.Done done && exchange.request().isOneWay()) {
            if (done.now()) {
                parts.durable().appended(exchange);
            }
        } else if (settled instanceof Settled.Done done) {
            parts.durable().succeedWhenDurable(exchange, done.endPosition());
        }
    }
}
