package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.state.PopChange;
import io.orbitmq.broker.pop.state.PopTable;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;
import java.util.ArrayList;
import java.util.List;

/**
 * The acknowledgements that one thread reads together: one record of the log for all of them, or a few, then their answers. The
 * answers do not wait for the disk; an acknowledgement that a crash takes away is a message that comes again. Each thread
 * has its own.
 */
final class AckTurn implements Runnable {

    /** One record carries about this much. */
    private static final int MOST_BYTES = 64 * 1024;

    private final MessageStore store;
    private final PopTable table;
    private PopChange change = new PopChange();
    private final List<Exchange> exchanges = new ArrayList<>();
    /** What went wrong with one of this turn's records, in words; empty when nothing. */
    private String fault = "";

    AckTurn(MessageStore store, PopTable table) {
        this.store = store;
        this.table = table;
    }

    /** What is acknowledged goes in here, before {@link #answerAtEnd}. */
    PopChange change() {
        if (change.sizeBytes() >= MOST_BYTES) {
            append();
        }
        return change;
    }

    /** Answers the exchange once this turn's record is in the log. */
    void answerAtEnd(Exchange exchange) {
        exchanges.add(exchange);
        exchange.atEndOfTurn(this);
    }

    @Override
    public void run() {
        append();
        store.endTurn();
        for (Exchange exchange : exchanges) {
            if (fault.isEmpty()) {
                exchange.succeed(Fields.NONE);
            } else {
                exchange.refuse(ResponseCode.SYSTEM_ERROR, fault);
            }
        }
        exchanges.clear();
        fault = "";
    }

    private void append() {
        if (change.isEmpty()) {
            return;
        }
        AppendOutcome outcome = store.appendState(table.name(), change.toBuffer());
        change = new PopChange();
        if (outcome instanceof AppendOutcome.Refused refused) {
            fault = "the acknowledgement was not stored, the message will come again: " + refused.text();
        }
    }
}
