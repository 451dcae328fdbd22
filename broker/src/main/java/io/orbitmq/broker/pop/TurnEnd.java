package io.orbitmq.broker.pop;

import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;

/** Hands what was appended in a turn of an event loop to the disk, once for all of them. Any thread. */
final class TurnEnd implements Runnable {

    private final MessageStore store;

    TurnEnd(MessageStore store) {
        this.store = store;
    }

    /** Something was appended that nobody waits for. */
    void appended(Exchange exchange) {
        exchange.atEndOfTurn(this);
    }

    @Override
    public void run() {
        store.endTurn();
    }
}
