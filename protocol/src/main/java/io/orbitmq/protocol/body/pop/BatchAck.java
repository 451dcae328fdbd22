package io.orbitmq.protocol.body.pop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.frame.MalformedBodyException;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;

/**
 * Body of BATCH_ACK_MESSAGE (protocol/08 section 5).
 *
 * @param brokerName the broker
 * @param acks one per group, queue and pop
 */
public record BatchAck(String brokerName, List<Acked> acks) {

    private static final int MAX_RETRY = 2;

    public BatchAck {
        acks = List.copyOf(acks);
    }

    /**
     * Messages of one pop from one queue.
     *
     * @param consumerGroup consumer group
     * @param topic the normal topic
     * @param retry 0 normal topic, 1 or 2 retry topic
     * @param startOffset what bit 0 stands for
     * @param queueId number of the queue
     * @param reviveQueueId of the receipt handles
     * @param popTimeMs of the receipt handles, epoch milliseconds
     * @param invisibleTimeMs of the receipt handles
     * @param bits bit i: the message at {@code startOffset + i} is acknowledged
     */
    public record Acked(
            String consumerGroup,
            String topic,
            int retry,
            long startOffset,
            int queueId,
            int reviveQueueId,
            long popTimeMs,
            long invisibleTimeMs,
            BitSet bits) {}

    /** @throws MalformedBodyException when it is not readable; an empty body is one without acks */
    public static BatchAck decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        List<Acked> acks = new ArrayList<>();
        node.path("acks").forEach(ack -> acks.add(decodeAck(ack)));
        return new BatchAck(Json.text(node, "brokerName"), acks);
    }

    public byte[] encode() {
        ArrayNode array = Json.array();
        for (Acked ack : acks) {
            ObjectNode node = array.addObject();
            node.put("b", Base64.getEncoder().encodeToString(ack.bits().toByteArray()));
            node.put("c", ack.consumerGroup());
            node.put("it", ack.invisibleTimeMs());
            node.put("pt", ack.popTimeMs());
            node.put("q", ack.queueId());
            node.put("r", Integer.toString(ack.retry()));
            node.put("rq", ack.reviveQueueId());
            node.put("so", ack.startOffset());
            node.put("t", ack.topic());
        }
        ObjectNode node = Json.object();
        node.set("acks", array);
        node.put("brokerName", brokerName);
        return Json.write(node);
    }

    private static Acked decodeAck(JsonNode node) {
        return new Acked(
                member(node, "c", "consumerGroup").asText(""),
                member(node, "t", "topic").asText(""),
                retry(member(node, "r", "retry").asText("")),
                member(node, "so", "startOffset").asLong(),
                member(node, "q", "queueId").asInt(),
                member(node, "rq", "reviveQueueId").asInt(),
                member(node, "pt", "popTime").asLong(),
                member(node, "it", "invisibleTime").asLong(),
                bits(member(node, "b", "bitSet").asText("")));
    }

    private static JsonNode member(JsonNode node, String name, String longName) {
        return node.has(name) ? node.path(name) : node.path(longName);
    }

    private static int retry(String text) {
        if (text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '0' + MAX_RETRY) {
            return text.charAt(0) - '0';
        }
        throw new MalformedBodyException("r of an acknowledgement must be 0, 1 or 2, found '" + text + "'");
    }

    private static BitSet bits(String base64) {
        try {
            return BitSet.valueOf(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new MalformedBodyException("b of an acknowledgement must be base64, found '" + base64 + "'", e);
        }
    }
}
