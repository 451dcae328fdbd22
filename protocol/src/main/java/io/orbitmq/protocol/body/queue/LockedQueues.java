package io.orbitmq.protocol.body.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Answer to LOCK_BATCH_MQ (protocol/07 section 9). @param queues the queues that the asker holds now */
public record LockedQueues(List<MessageQueueKey> queues) {

    public LockedQueues {
        queues = List.copyOf(queues);
    }

    public static LockedQueues decode(ByteBuffer body) {
        List<MessageQueueKey> queues = new ArrayList<>();
        Json.readObject(body).path("lockOKMQSet").forEach(item -> queues.add(MessageQueueKey.fromJson(item)));
        return new LockedQueues(queues);
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        ArrayNode set = node.putArray("lockOKMQSet");
        queues.forEach(queue -> set.add(queue.toJson()));
        return Json.write(node);
    }
}
