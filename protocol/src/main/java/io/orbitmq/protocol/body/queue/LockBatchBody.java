package io.orbitmq.protocol.body.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Body of LOCK_BATCH_MQ and UNLOCK_BATCH_MQ (protocol/07 section 9).
 *
 * @param consumerGroup group
 * @param clientId who locks
 * @param queues which
 * @param onlyThisBroker do not ask replicas
 */
public record LockBatchBody(
        String consumerGroup, String clientId, List<MessageQueueKey> queues, boolean onlyThisBroker) {

    public LockBatchBody {
        queues = List.copyOf(queues);
    }

    public static LockBatchBody decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        List<MessageQueueKey> queues = new ArrayList<>();
        node.path("mqSet").forEach(item -> queues.add(MessageQueueKey.fromJson(item)));
        return new LockBatchBody(
                Json.text(node, "consumerGroup"),
                Json.text(node, "clientId"),
                queues,
                node.path("onlyThisBroker").asBoolean());
    }

    public byte[] encode() {
        ObjectNode node = Json.object().put("clientId", clientId).put("consumerGroup", consumerGroup);
        ArrayNode set = node.putArray("mqSet");
        queues.forEach(queue -> set.add(queue.toJson()));
        return Json.write(node.put("onlyThisBroker", onlyThisBroker));
    }
}
