package io.orbitmq.protocol.body.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Answer to QUERY_CONSUME_TIME_SPAN (protocol/11 section 3.2). @param spans one per queue */
public record ConsumeTimeSpans(List<Span> spans) {

    public ConsumeTimeSpans {
        spans = List.copyOf(spans);
    }

    /**
     * Times of one queue, epoch ms.
     *
     * @param queue which
     * @param minTimestamp store time of the first message
     * @param maxTimestamp store time of the last message
     * @param consumeTimestamp store time of the last consumed message
     * @param delayMs how far the group is behind
     */
    public record Span(
            MessageQueueKey queue, long minTimestamp, long maxTimestamp, long consumeTimestamp, long delayMs) {}

    public static ConsumeTimeSpans decode(ByteBuffer body) {
        List<Span> spans = new ArrayList<>();
        for (JsonNode item : Json.readObject(body).path("consumeTimeSpanSet")) {
            spans.add(new Span(
                    MessageQueueKey.fromJson(item.path("messageQueue")),
                    item.path("minTimeStamp").asLong(),
                    item.path("maxTimeStamp").asLong(),
                    item.path("consumeTimeStamp").asLong(),
                    item.path("delayTime").asLong()));
        }
        return new ConsumeTimeSpans(spans);
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        ArrayNode set = node.putArray("consumeTimeSpanSet");
        for (Span span : spans) {
            ObjectNode item = set.addObject()
                    .put("consumeTimeStamp", span.consumeTimestamp)
                    .put("delayTime", span.delayMs)
                    .put("maxTimeStamp", span.maxTimestamp);
            item.set("messageQueue", span.queue.toJson());
            item.put("minTimeStamp", span.minTimestamp);
        }
        return Json.write(node);
    }
}
