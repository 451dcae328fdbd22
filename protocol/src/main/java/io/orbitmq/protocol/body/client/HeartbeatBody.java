package io.orbitmq.protocol.body.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Body of HEART_BEAT (protocol/07 section 1).
 *
 * @param clientId who
 * @param producerGroups groups it sends for
 * @param consumerGroups groups it consumes for
 * @param fingerprint 0 for the first version of the heartbeat
 * @param withoutSubscriptions short form: subscriptions are as before
 */
public record HeartbeatBody(
        String clientId,
        List<String> producerGroups,
        List<ConsumerGroup> consumerGroups,
        int fingerprint,
        boolean withoutSubscriptions) {

    public HeartbeatBody {
        producerGroups = List.copyOf(producerGroups);
        consumerGroups = List.copyOf(consumerGroups);
    }

    public static HeartbeatBody decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        List<String> producers = new ArrayList<>();
        node.path("producerDataSet").forEach(item -> producers.add(Json.text(item, "groupName")));
        List<ConsumerGroup> consumers = new ArrayList<>();
        node.path("consumerDataSet").forEach(item -> consumers.add(ConsumerGroup.fromJson(item)));
        return new HeartbeatBody(
                Json.text(node, "clientID"),
                producers,
                consumers,
                node.path("heartbeatFingerprint").asInt(),
                node.path("withoutSub").asBoolean());
    }

    public byte[] encode() {
        ObjectNode node = Json.object().put("clientID", clientId);
        ArrayNode consumers = node.putArray("consumerDataSet");
        consumerGroups.forEach(group -> consumers.add(group.toJson()));
        node.put("heartbeatFingerprint", fingerprint);
        ArrayNode producers = node.putArray("producerDataSet");
        producerGroups.forEach(group -> producers.addObject().put("groupName", group));
        return Json.write(node.put("withoutSub", withoutSubscriptions));
    }
}
