package io.orbitmq.protocol.body.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All connected producers: answer to GET_ALL_PRODUCER_INFO (protocol/11 section 3.4). @param groups members by group */
public record ProducerTable(Map<String, List<Member>> groups) {

    public ProducerTable {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    /**
     * A producer.
     *
     * @param clientId who
     * @param remoteAddress {@code /ip:port}, with the leading slash
     * @param language as its frames say
     * @param version as its frames say
     * @param lastUpdateTimestamp epoch ms of its last heartbeat
     */
    public record Member(
            String clientId, String remoteAddress, String language, int version, long lastUpdateTimestamp) {}

    public static ProducerTable decode(ByteBuffer body) {
        Map<String, List<Member>> groups = new LinkedHashMap<>();
        Json.readObject(body).path("data").properties().forEach(group -> {
            List<Member> members = new ArrayList<>();
            for (JsonNode item : group.getValue()) {
                members.add(new Member(
                        Json.text(item, "clientId"),
                        Json.text(item, "remoteIP"),
                        Json.text(item, "language"),
                        item.path("version").asInt(),
                        item.path("lastUpdateTimestamp").asLong()));
            }
            groups.put(group.getKey(), members);
        });
        return new ProducerTable(groups);
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        ObjectNode table = node.putObject("data");
        groups.forEach((group, members) -> {
            ArrayNode list = table.putArray(group);
            for (Member member : members) {
                list.addObject()
                        .put("clientId", member.clientId)
                        .put("language", member.language)
                        .put("lastUpdateTimestamp", member.lastUpdateTimestamp)
                        .put("remoteIP", member.remoteAddress)
                        .put("version", member.version);
            }
        });
        return Json.write(node);
    }
}
