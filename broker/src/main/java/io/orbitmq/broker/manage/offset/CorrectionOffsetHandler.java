package io.orbitmq.broker.manage.offset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.protocol.header.offset.CorrectionOffsetHeader;
import io.orbitmq.protocol.json.Json;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * QUERY_CORRECTION_OFFSET (308): per queue of a topic the lowest offset of any group but those to leave out, never above
 * the group compared with.
 */
public final class CorrectionOffsetHandler implements RequestHandler {

    private final ConsumerOffsets offsets;

    public CorrectionOffsetHandler(ManageParts parts) {
        this.offsets = parts.offsets();
    }

    @Override
    public void handle(Exchange exchange) {
        CorrectionOffsetHeader asked =
                CorrectionOffsetHeader.from(exchange.request().fields());
        Set<String> leftOut = new HashSet<>(List.of(asked.filterGroups().split(",")));
        Map<Integer, Long> lowest = new TreeMap<>(offsets.offsets(asked.compareGroup(), asked.topic()));
        for (String group : offsets.groupsOf(asked.topic())) {
            if (!leftOut.contains(group)) {
                offsets.offsets(group, asked.topic())
                        .forEach((queueId, offset) -> lowest.merge(queueId, offset, Math::min));
            }
        }
        ObjectNode answer = Json.object();
        ObjectNode table = answer.putObject("correctionOffsets");
        lowest.forEach((queueId, offset) -> table.put(Integer.toString(queueId), offset));
        Replies.body(exchange, Json.write(answer));
    }
}
