package io.orbitmq.broker.transaction;

import io.orbitmq.protocol.body.broker.OpenTransactionList;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.query.ListTransactionsHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** LIST_OPEN_TRANSACTIONS (70001): the transactions that wait for a decision, oldest first. May wait for the disk. */
final class ListTransactionsHandler implements RequestHandler {

    private static final int MOST = 1_000;
    /** Half messages read for one answer, those of other groups included. */
    private static final int MOST_READ = 10_000;

    private final TransactionParts parts;

    ListTransactionsHandler(TransactionParts parts) {
        this.parts = parts;
    }

    @Override
    public void handle(Exchange exchange) {
        ListTransactionsHeader asked =
                ListTransactionsHeader.from(exchange.request().fields());
        int wanted = Math.max(1, Math.min(asked.maxCount(), MOST));
        List<OpenTransactionList.Entry> entries = new ArrayList<>();
        long next = -1;
        int read = 0;
        for (OpenTransaction open : parts.table().from(asked.fromPosition())) {
            if (entries.size() == wanted || read == MOST_READ) {
                next = open.position();
                break;
            }
            read++;
            Optional<HalfMessage> half = HalfMessage.read(parts.store(), open.position());
            half.filter(found -> asked.producerGroup().isEmpty()
                            || found.producerGroup().equals(asked.producerGroup()))
                    .ifPresent(found -> entries.add(entry(open, found)));
        }
        byte[] body = new OpenTransactionList(parts.table().count(), next, entries).encode();
        exchange.answer(
                Command.response(exchange.request(), ResponseCode.SUCCESS, "", Fields.NONE, ByteBuffer.wrap(body)));
    }

    private static OpenTransactionList.Entry entry(OpenTransaction open, HalfMessage half) {
        return new OpenTransactionList.Entry(
                half.offsetMessageId(),
                half.uniqueKey(),
                half.producerGroup(),
                half.realTopic(),
                half.realQueueId(),
                open.position(),
                open.queueOffset(),
                half.bornTimestamp(),
                open.storeMs(),
                open.checks());
    }
}
