package io.orbitmq.broker.transaction;

import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;

/** Transactions put together: their requests and the check-backs. Made once over an open store; any thread. */
public final class Transactions {

    private final TransactionParts parts;
    private final Settlements settlements;
    private final CheckBack checkBack;

    public Transactions(TransactionParts parts) {
        this.parts = parts;
        this.settlements = new Settlements(parts);
        this.checkBack = new CheckBack(parts, settlements);
    }

    /**
     * Adds the rows.
     *
     * @param producers where producers' decisions run; may wait for the disk
     * @param operators where operators' requests run
     */
    public HandlerTable.Builder addTo(HandlerTable.Builder table, Lane producers, Lane operators) {
        return table.on(RequestCode.END_TRANSACTION, producers, new EndTransactionHandler(parts, settlements))
                .on(RequestCode.RESUME_CHECK_HALF_MESSAGE, operators, new ResumeCheckHandler(parts, checkBack))
                .on(RequestCode.LIST_OPEN_TRANSACTIONS, operators, new ListTransactionsHandler(parts))
                .on(RequestCode.RESOLVE_TRANSACTION, operators, new ResolveTransactionHandler(parts, settlements));
    }

    /** Begins to ask producers, on the scheduler of the parts. */
    public void start() {
        checkBack.start();
    }

    /** Asks no more, and closes the scheduler. When this returns the store may be closed. */
    public void stop() {
        checkBack.stop();
        parts.scheduler().close();
    }
}
