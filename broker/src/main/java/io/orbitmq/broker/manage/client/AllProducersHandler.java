package io.orbitmq.broker.manage.client;

import io.orbitmq.broker.group.Member;
import io.orbitmq.broker.group.ProducerGroups;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.body.client.ProducerTable;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** GET_ALL_PRODUCER_INFO (328): all live producers by group. */
public final class AllProducersHandler implements RequestHandler {

    private final ProducerGroups producers;
    private final Clock clock;

    public AllProducersHandler(ManageParts parts) {
        this.producers = parts.producers();
        this.clock = parts.clock();
    }

    @Override
    public void handle(Exchange exchange) {
        Map<String, List<ProducerTable.Member>> table = new TreeMap<>();
        for (String group : producers.names()) {
            table.put(group, producers.members(group).stream().map(this::shown).toList());
        }
        Replies.body(exchange, new ProducerTable(table).encode());
    }

    /** The official answer writes addresses with a leading slash. */
    private ProducerTable.Member shown(Member member) {
        return new ProducerTable.Member(
                member.clientId(),
                "/" + ClientAddresses.text(member),
                member.language().name(),
                member.version(),
                clock.epochMs() - TimeUnit.NANOSECONDS.toMillis(clock.nanos() - member.seenNanos()));
    }
}
