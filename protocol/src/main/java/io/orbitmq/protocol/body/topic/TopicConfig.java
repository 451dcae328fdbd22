package io.orbitmq.protocol.body.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A topic's settings on one broker (protocol/11 section 3.2).
 *
 * @param name topic
 * @param readQueues number of queues to consume from
 * @param writeQueues number of queues to send to
 * @param permission bits: {@link #READ}, {@link #WRITE}, {@link #INHERIT}
 * @param filterType {@code SINGLE_TAG} or {@code MULTI_TAG}
 * @param sysFlag 1 unit topic, 2 has unit subscriptions
 * @param order ordered topic
 * @param attributes by name, without leading plus
 */
public record TopicConfig(
        String name,
        int readQueues,
        int writeQueues,
        int permission,
        String filterType,
        int sysFlag,
        boolean order,
        Map<String, String> attributes) {

    public static final int INHERIT = 1;
    public static final int WRITE = 2;
    public static final int READ = 4;
    public static final String SINGLE_TAG = "SINGLE_TAG";
    public static final String MULTI_TAG = "MULTI_TAG";

    private static final int DEFAULT_QUEUES = 16;

    public TopicConfig {
        Objects.requireNonNull(name, "name");
        filterType = MULTI_TAG.equals(filterType) ? MULTI_TAG : SINGLE_TAG;
        // most topics have none, and there may be very many topics
        attributes = attributes.isEmpty()
                ? Collections.emptyMap()
                : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** An ordinary topic: single tag, no flags, no attributes. */
    public static TopicConfig of(String name, int readQueues, int writeQueues, int permission) {
        return new TopicConfig(name, readQueues, writeQueues, permission, SINGLE_TAG, 0, false, Map.of());
    }

    public boolean isReadable() {
        return (permission & READ) != 0;
    }

    public boolean isWritable() {
        return (permission & WRITE) != 0;
    }

    public boolean isInherited() {
        return (permission & INHERIT) != 0;
    }

    public TopicConfig withPermission(int newPermission) {
        return new TopicConfig(name, readQueues, writeQueues, newPermission, filterType, sysFlag, order, attributes);
    }

    public TopicConfig withOrder(boolean newOrder) {
        return new TopicConfig(name, readQueues, writeQueues, permission, filterType, sysFlag, newOrder, attributes);
    }

    public TopicConfig withAttributes(Map<String, String> changed) {
        return new TopicConfig(name, readQueues, writeQueues, permission, filterType, sysFlag, order, changed);
    }

    public static TopicConfig fromJson(JsonNode node) {
        return new TopicConfig(
                Json.text(node, "topicName"),
                node.path("readQueueNums").asInt(DEFAULT_QUEUES),
                node.path("writeQueueNums").asInt(DEFAULT_QUEUES),
                node.path("perm").asInt(READ | WRITE),
                Json.text(node, "topicFilterType"),
                node.path("topicSysFlag").asInt(),
                node.path("order").asBoolean(),
                Json.textMap(node.path("attributes")));
    }

    public ObjectNode toJson() {
        ObjectNode node = Json.object();
        node.set("attributes", Json.object(attributes));
        return node.put("order", order)
                .put("perm", permission)
                .put("readQueueNums", readQueues)
                .put("topicFilterType", filterType)
                .put("topicName", name)
                .put("topicSysFlag", sysFlag)
                .put("writeQueueNums", writeQueues);
    }

    public static TopicConfig decode(ByteBuffer body) {
        return fromJson(Json.readObject(body));
    }

    public byte[] encode() {
        return Json.write(toJson());
    }

    /** The words of the official server's error texts (protocol/04 section 2). */
    public String describe() {
        return "TopicConfig [topicName=" + name + ", readQueueNums=" + readQueues + ", writeQueueNums=" + writeQueues
                + ", perm=" + (isReadable() ? 'R' : '-') + (isWritable() ? 'W' : '-') + (isInherited() ? 'X' : '-')
                + ", topicFilterType=" + filterType + ", topicSysFlag=" + sysFlag + ", order=" + order
                + ", attributes=" + attributes + "]";
    }
}
