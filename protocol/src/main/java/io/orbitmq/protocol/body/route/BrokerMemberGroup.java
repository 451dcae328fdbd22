package io.orbitmq.protocol.body.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The replicas of one broker name: answer to GET_BROKER_MEMBER_GROUP (protocol/02 section 6).
 *
 * @param cluster as asked
 * @param brokerName as asked
 * @param addresses by broker id; empty for an unknown broker
 */
public record BrokerMemberGroup(String cluster, String brokerName, SortedMap<Long, String> addresses) {

    public BrokerMemberGroup {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    public static BrokerMemberGroup decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body).path("brokerMemberGroup");
        return new BrokerMemberGroup(
                Json.text(node, "cluster"),
                Json.text(node, "brokerName"),
                BrokerRoute.addresses(node.path("brokerAddrs")));
    }

    /** With numeric names without quotes as official nameservers write this body. */
    public byte[] encode() {
        ObjectNode node = Json.object();
        ObjectNode group = node.putObject("brokerMemberGroup");
        group.set("brokerAddrs", BrokerRoute.toJson(addresses));
        group.put("brokerName", brokerName).put("cluster", cluster);
        return Json.writeWithBareNumericNames(node);
    }
}
