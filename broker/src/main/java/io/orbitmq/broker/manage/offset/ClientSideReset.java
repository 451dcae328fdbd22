package io.orbitmq.broker.manage.offset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.LiveGroup;
import io.orbitmq.broker.group.Member;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.queue.QueueOffsets;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.protocol.header.offset.ResetOffsetHeader;
import io.orbitmq.protocol.json.Json;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * The older way to reset (protocol/07 section 12.2), where {@code useServerSideResetOffset} is false: every member of the
 * group is told with a one-way RESET_CONSUMER_CLIENT_OFFSET (220) where to go on and commits that itself. Needs the group
 * to be online. Safe for any thread.
 */
final class ClientSideReset {

    private final LiveConfig config;
    private final ConsumerGroups groups;
    private final ConsumerOffsets offsets;

    ClientSideReset(ManageParts parts) {
        this.config = parts.config();
        this.groups = parts.groups();
        this.offsets = parts.offsets();
    }

    /**
     * Tells the members and answers the operator.
     *
     * @param queues number of queues of the topic
     * @param targetOf where a queue should go on
     */
    void run(Exchange exchange, ResetOffsetHeader asked, int queues, IntToLongFunction targetOf) {
        String broker = config.get().identity().brokerName();
        Map<MessageQueueKey, Long> table = new LinkedHashMap<>();
        for (int queueId = 0; queueId < queues; queueId++) {
            long committed = offsets.offset(asked.group(), asked.topic(), queueId);
            if (committed < 0) {
                exchange.refuse(ResponseCode.SYSTEM_ERROR, "THe consumer group <" + asked.group() + "> not exist");
                return;
            }
            long target = targetOf.applyAsLong(queueId);
            boolean moves = asked.force() || target < committed;
            table.put(new MessageQueueKey(asked.topic(), broker, queueId), moves ? target : committed);
        }
        Optional<LiveGroup> group = groups.find(asked.group());
        if (group.isEmpty()) {
            exchange.refuse(
                    ResponseCode.CONSUMER_NOT_ONLINE,
                    "Consumer not online, so can not reset offset, Group: " + asked.group() + " Topic: " + asked.topic()
                            + " Timestamp: " + asked.timestamp());
            return;
        }
        byte[] body = new QueueOffsets(table).encode();
        for (Member member : group.get().members()) {
            byte[] told = member.language() == Language.CPP ? arrayForm(table) : body;
            member.connection()
                    .sendOneWay(Command.request(
                            RequestCode.RESET_CONSUMER_CLIENT_OFFSET, asked.toFields(), ByteBuffer.wrap(told)));
        }
        Replies.body(exchange, body);
    }

    /** C++ clients read a list instead of a map with objects as keys. */
    private static byte[] arrayForm(Map<MessageQueueKey, Long> table) {
        ObjectNode node = Json.object();
        ArrayNode list = node.putArray("offsetTable");
        table.forEach((queue, offset) -> list.add(queue.toJson().put("offset", offset)));
        return Json.write(node);
    }
}
