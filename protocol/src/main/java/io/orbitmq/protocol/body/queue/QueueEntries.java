package io.orbitmq.protocol.body.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Answer to QUERY_CONSUME_QUEUE (protocol/11 section 3.5).
 *
 * @param minOffset of the queue
 * @param maxOffset next free offset
 * @param entries index entries
 * @param filterText what is known of the group's filter, or {@code null} as text
 * @param subscription of the group as JSON that nobody changes; an empty object for none
 */
public record QueueEntries(
        long minOffset, long maxOffset, List<Entry> entries, String filterText, JsonNode subscription) {

    public QueueEntries {
        entries = List.copyOf(entries);
    }

    /**
     * One index entry.
     *
     * @param position byte place in the log
     * @param sizeBytes of the record
     * @param tagsCode hash of the tag
     * @param matches whether the group's filter lets it through
     */
    public record Entry(long position, int sizeBytes, long tagsCode, boolean matches) {}

    public static QueueEntries decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        List<Entry> entries = new ArrayList<>();
        for (JsonNode item : node.path("queueData")) {
            entries.add(new Entry(
                    item.path("physicOffset").asLong(),
                    item.path("physicSize").asInt(),
                    item.path("tagsCode").asLong(),
                    item.path("eval").asBoolean()));
        }
        JsonNode subscription = node.path("subscriptionData");
        return new QueueEntries(
                node.path("minQueueIndex").asLong(),
                node.path("maxQueueIndex").asLong(),
                entries,
                Json.text(node, "filterData"),
                subscription.isObject() ? subscription : Json.object());
    }

    public byte[] encode() {
        ObjectNode node = Json.object()
                .put("filterData", filterText)
                .put("maxQueueIndex", maxOffset)
                .put("minQueueIndex", minOffset);
        ArrayNode list = node.putArray("queueData");
        for (Entry entry : entries) {
            list.addObject()
                    .put("eval", entry.matches)
                    .put("physicOffset", entry.position)
                    .put("physicSize", entry.sizeBytes)
                    .put("tagsCode", entry.tagsCode);
        }
        if (!subscription.isEmpty()) {
            node.set("subscriptionData", subscription);
        }
        return Json.write(node);
    }
}
