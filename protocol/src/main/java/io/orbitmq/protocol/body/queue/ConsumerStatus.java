package io.orbitmq.protocol.body.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Offsets that clients hold in memory (protocol/07 section 13.1): a client's answer to 221 fills {@code own}, the
 * broker's answer to 223 fills {@code byClient}.
 *
 * @param own offsets by queue
 * @param byClient offsets by client id and queue
 */
public record ConsumerStatus(Map<MessageQueueKey, Long> own, Map<String, Map<MessageQueueKey, Long>> byClient) {

    public ConsumerStatus {
        own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
        byClient = Collections.unmodifiableMap(new LinkedHashMap<>(byClient));
    }

    public static ConsumerStatus decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        Map<String, Map<MessageQueueKey, Long>> byClient = new LinkedHashMap<>();
        node.path("consumerTable")
                .properties()
                .forEach(member -> byClient.put(member.getKey(), QueueOffsets.fromJson(member.getValue())));
        return new ConsumerStatus(QueueOffsets.fromJson(node.path("messageQueueTable")), byClient);
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        ObjectNode clients = node.putObject("consumerTable");
        byClient.forEach((client, offsets) -> clients.set(client, QueueOffsets.toJson(offsets)));
        node.set("messageQueueTable", QueueOffsets.toJson(own));
        return Json.write(node);
    }
}
