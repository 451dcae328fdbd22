package io.orbitmq.broker.transaction;

import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.query.ResolveTransactionHeader;
import io.orbitmq.protocol.message.OffsetMessageId;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RESOLVE_TRANSACTION (70002): an operator commits or rolls back an open transaction whose producer cannot. Unlike a
 * producer he is told when it had ended already. May wait for the disk.
 */
final class ResolveTransactionHandler implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ResolveTransactionHandler.class);

    private final TransactionParts parts;
    private final Settlements settlements;

    ResolveTransactionHandler(TransactionParts parts, Settlements settlements) {
        this.parts = parts;
        this.settlements = settlements;
    }

    @Override
    public void handle(Exchange exchange) {
        ResolveTransactionHeader asked =
                ResolveTransactionHeader.from(exchange.request().fields());
        boolean commit = asked.decision() == SysFlag.TRANSACTION_COMMIT;
        if (!commit && asked.decision() != SysFlag.TRANSACTION_ROLLBACK) {
            exchange.refuse(
                    ResponseCode.INVALID_PARAMETER,
                    "commitOrRollback must be 8 (commit) or 12 (roll back), found " + asked.decision());
            return;
        }
        Optional<HalfMessage> half =
                OffsetMessageId.decode(asked.messageId()).flatMap(id -> HalfMessage.read(parts.store(), id.position()));
        if (half.isEmpty()) {
            exchange.refuse(
                    ResponseCode.INVALID_PARAMETER,
                    "msgId must be the offset message id of a half message of this broker, found '" + asked.messageId()
                            + "'; list the open transactions");
            return;
        }
        resolve(exchange, half.get(), commit);
    }

    private void resolve(Exchange exchange, HalfMessage half, boolean commit) {
        Settled settled = commit ? settlements.commit(half) : settlements.rollBack(half);
        if (settled instanceof Settled.NotDone notDone) {
            notDone.refusal().answer(exchange);
        } else if (settled instanceof Settled.Done done && done.now()) {
            LOG.info(
                    "event=transaction-resolved decision={} messageId={} group={} topic={} remote={}",
                    commit ? "commit" : "rollback",
                    half.offsetMessageId(),
                    half.producerGroup(),
                    half.realTopic(),
                    exchange.connection().remoteAddress());
            parts.durable().succeedWhenDurable(exchange, done.endPosition());
        } else {
            exchange.refuse(
                    ResponseCode.ILLEGAL_OPERATION,
                    "the transaction of " + half.offsetMessageId()
                            + " is not open: it was committed, rolled back or given up before");
        }
    }
}
