package io.orbitmq.protocol.body.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answer to QUERY_ASSIGNMENT: the queues a client shall consume, and how (protocol/07 section 15). An empty list means
 * "give up all queues"; an answer without a list means "nothing is known, keep what you have".
 *
 * @param mode how to get their messages
 * @param queues queue -1 of a broker stands for all its queues
 */
public record Assignment(RequestMode mode, List<MessageQueueKey> queues) {

    public Assignment {
        queues = List.copyOf(queues);
    }

    /** The body that says "keep what you have". */
    public static byte[] encodeNothingKnown() {
        return Json.write(Json.object());
    }

    /** Empty when the body says "keep what you have"; the mode of an empty list reads as pull. */
    public static Optional<Assignment> decode(ByteBuffer body) {
        JsonNode list = Json.readObject(body).path("messageQueueAssignments");
        if (!list.isArray()) {
            return Optional.empty();
        }
        RequestMode mode = RequestMode.PULL;
        List<MessageQueueKey> queues = new ArrayList<>();
        for (JsonNode item : list) {
            mode = RequestMode.of(Json.text(item, "mode"));
            queues.add(MessageQueueKey.fromJson(item.path("messageQueue")));
        }
        return Optional.of(new Assignment(mode, queues));
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        ArrayNode list = node.putArray("messageQueueAssignments");
        for (MessageQueueKey queue : queues) {
            ObjectNode item = list.addObject();
            item.set("messageQueue", queue.toJson());
            item.put("mode", mode.name());
        }
        return Json.write(node);
    }
}
