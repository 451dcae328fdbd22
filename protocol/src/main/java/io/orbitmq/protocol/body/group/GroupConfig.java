package io.orbitmq.protocol.body.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A consumer group's settings (protocol/11 section 3.3, protocol/07 section 14). Members missing from a posted body have
 * the values of {@link #named}.
 *
 * @param name group
 * @param consumeEnable false: nobody of the group may pull
 * @param consumeFromMinEnable legacy
 * @param consumeBroadcastEnable false: the group may not broadcast
 * @param consumeMessageOrderly pop in order
 * @param retryQueues queues of the retry topic, 0: failed messages are dropped
 * @param retryMaxTimes tries before the dead letter topic
 * @param retryPolicy waits between tries
 * @param brokerId where to pull ordinarily
 * @param slowBrokerId where to pull when far behind
 * @param notifyMembers tell members about changes of membership
 * @param sysFlag legacy
 * @param consumeTimeoutMinutes longest time to consume one message
 * @param attributes by name
 */
public record GroupConfig(
        String name,
        boolean consumeEnable,
        boolean consumeFromMinEnable,
        boolean consumeBroadcastEnable,
        boolean consumeMessageOrderly,
        int retryQueues,
        int retryMaxTimes,
        RetryPolicy retryPolicy,
        long brokerId,
        long slowBrokerId,
        boolean notifyMembers,
        int sysFlag,
        int consumeTimeoutMinutes,
        Map<String, String> attributes) {

    private static final int DEFAULT_RETRY_QUEUES = 1;
    private static final int DEFAULT_RETRY_MAX_TIMES = 16;
    private static final int DEFAULT_SLOW_BROKER = 1;
    private static final int DEFAULT_TIMEOUT_MINUTES = 15;

    public GroupConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(retryPolicy, "retryPolicy");
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** What a group is when the broker creates it by itself. */
    public static GroupConfig named(String name) {
        return new GroupConfig(
                name,
                true,
                true,
                true,
                false,
                DEFAULT_RETRY_QUEUES,
                DEFAULT_RETRY_MAX_TIMES,
                RetryPolicy.DEFAULT,
                0,
                DEFAULT_SLOW_BROKER,
                true,
                0,
                DEFAULT_TIMEOUT_MINUTES,
                Map.of());
    }

    public static GroupConfig fromJson(JsonNode node) {
        return new GroupConfig(
                Json.text(node, "groupName"),
                node.path("consumeEnable").asBoolean(true),
                node.path("consumeFromMinEnable").asBoolean(true),
                node.path("consumeBroadcastEnable").asBoolean(true),
                node.path("consumeMessageOrderly").asBoolean(false),
                node.path("retryQueueNums").asInt(DEFAULT_RETRY_QUEUES),
                node.path("retryMaxTimes").asInt(DEFAULT_RETRY_MAX_TIMES),
                RetryPolicy.fromJson(node.path("groupRetryPolicy")),
                node.path("brokerId").asLong(),
                node.path("whichBrokerWhenConsumeSlowly").asLong(DEFAULT_SLOW_BROKER),
                node.path("notifyConsumerIdsChangedEnable").asBoolean(true),
                node.path("groupSysFlag").asInt(),
                node.path("consumeTimeoutMinute").asInt(DEFAULT_TIMEOUT_MINUTES),
                Json.textMap(node.path("attributes")));
    }

    public ObjectNode toJson() {
        ObjectNode node = Json.object();
        node.set("attributes", Json.object(attributes));
        node.put("brokerId", brokerId)
                .put("consumeBroadcastEnable", consumeBroadcastEnable)
                .put("consumeEnable", consumeEnable)
                .put("consumeFromMinEnable", consumeFromMinEnable)
                .put("consumeMessageOrderly", consumeMessageOrderly)
                .put("consumeTimeoutMinute", consumeTimeoutMinutes)
                .put("groupName", name)
                .set("groupRetryPolicy", retryPolicy.toJson());
        return node.put("groupSysFlag", sysFlag)
                .put("notifyConsumerIdsChangedEnable", notifyMembers)
                .put("retryMaxTimes", retryMaxTimes)
                .put("retryQueueNums", retryQueues)
                .put("whichBrokerWhenConsumeSlowly", slowBrokerId);
    }

    public static GroupConfig decode(ByteBuffer body) {
        return fromJson(Json.readObject(body));
    }

    public byte[] encode() {
        return Json.write(toJson());
    }
}
