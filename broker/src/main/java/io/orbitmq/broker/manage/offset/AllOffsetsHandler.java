package io.orbitmq.broker.manage.offset;

import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.protocol.body.queue.GroupOffsets;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Map;
import java.util.TreeMap;

/** GET_ALL_CONSUMER_OFFSET (43): the offsets of all groups, as backup tools read them. */
public final class AllOffsetsHandler implements RequestHandler {

    private final ConsumerOffsets offsets;

    public AllOffsetsHandler(ManageParts parts) {
        this.offsets = parts.offsets();
    }

    @Override
    public void handle(Exchange exchange) {
        Map<String, Map<Integer, Long>> table = new TreeMap<>();
        offsets.forEachKey((group, topic) -> table.put(topic + "@" + group, offsets.offsets(group, topic)));
        Replies.body(exchange, new GroupOffsets(DataVersion.ZERO, table).encode());
    }
}
