package io.orbitmq.protocol.body.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;

/**
 * The queues of a topic under one broker name (protocol/02 section 5.1).
 *
 * @param brokerName broker
 * @param readQueues number of queues to consume from
 * @param writeQueues number of queues to send to
 * @param permission 4 read, 2 write, 1 inherit
 * @param sysFlag 1 unit topic, 2 has unit subscriptions
 */
public record QueueRoute(String brokerName, int readQueues, int writeQueues, int permission, int sysFlag) {

    public QueueRoute withPermission(int newPermission) {
        return new QueueRoute(brokerName, readQueues, writeQueues, newPermission, sysFlag);
    }

    public static QueueRoute fromJson(JsonNode node) {
        return new QueueRoute(
                Json.text(node, "brokerName"),
                node.path("readQueueNums").asInt(),
                node.path("writeQueueNums").asInt(),
                node.path("perm").asInt(),
                node.path("topicSysFlag").asInt());
    }

    public ObjectNode toJson() {
        return Json.object()
                .put("brokerName", brokerName)
                .put("perm", permission)
                .put("readQueueNums", readQueues)
                .put("topicSysFlag", sysFlag)
                .put("writeQueueNums", writeQueues);
    }
}
