package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.state.PopKey;
import io.orbitmq.broker.pop.state.PopQueue;
import io.orbitmq.broker.pop.state.PopTable;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.transport.Exchange;
import java.util.Optional;

/** Where acknowledgements go: each thread collects those of its turn. What is not out any more is passed over. */
final class Acks {

    private final PopTable table;
    private final OrderedPops ordered;
    private final ThreadLocal<AckTurn> turns;

    Acks(PopParts parts, OrderedPops ordered) {
        this.ordered = ordered;
        this.table = parts.table();
        this.turns = ThreadLocal.withInitial(() -> new AckTurn(parts.store(), parts.table()));
    }

    /** Acknowledges one message that was popped at that time. */
    void acknowledge(PopKey key, long offset, long popTimeMs) {
        Optional<PopQueue> queue = table.find(key);
        if (queue.isPresent() && table.isOut(queue.get(), offset, popTimeMs)) {
            turns.get().change().acked(queue.get().number(), offset, popTimeMs);
        }
    }

    /** The same for a message that was popped in order; at once in the log. */
    Refusal acknowledgeOrdered(PopKey key, long offset, long popTimeMs, Exchange exchange) {
        return ordered.acknowledge(key, offset, popTimeMs, exchange.connection().remoteAddress());
    }

    /** Answers success once what this request acknowledged is in the log. */
    void answerAtEnd(Exchange exchange) {
        turns.get().answerAtEnd(exchange);
    }
}
