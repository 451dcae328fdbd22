package io.orbitmq.protocol.body.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import io.orbitmq.protocol.message.SubscriptionExpression;
import io.orbitmq.protocol.message.TagHash;
import java.util.ArrayList;
import java.util.List;

/**
 * What a group wants of one topic (protocol/07 section 1, protocol/09 section 1).
 *
 * @param topic subscribed topic
 * @param expression {@code *}, tags, or SQL
 * @param tags the tags of a tag expression
 * @param codes their hashes
 * @param version epoch ms of its making; a greater one replaces a smaller
 * @param expressionType {@code TAG} or {@code SQL92}
 * @param classFilterMode obsolete
 */
public record Subscription(
        String topic,
        String expression,
        List<String> tags,
        List<Integer> codes,
        long version,
        String expressionType,
        boolean classFilterMode) {

    public static final String TAG = "TAG";
    public static final String SQL92 = "SQL92";

    public Subscription {
        tags = List.copyOf(tags);
        codes = List.copyOf(codes);
    }

    /** A tag subscription. */
    public static Subscription ofTags(String topic, SubscriptionExpression expression, long version) {
        List<String> tags = List.copyOf(expression.tags());
        List<Integer> codes = tags.stream().map(TagHash::of).toList();
        return new Subscription(topic, expression.text(), tags, codes, version, TAG, false);
    }

    public boolean isTagType() {
        return expressionType.isEmpty() || expressionType.equals(TAG);
    }

    public static Subscription fromJson(JsonNode node) {
        List<Integer> codes = new ArrayList<>();
        node.path("codeSet").forEach(code -> codes.add(code.asInt()));
        String type = Json.text(node, "expressionType");
        return new Subscription(
                Json.text(node, "topic"),
                Json.text(node, "subString"),
                Json.texts(node.path("tagsSet")),
                codes,
                node.path("subVersion").asLong(),
                type.isEmpty() ? TAG : type,
                node.path("classFilterMode").asBoolean());
    }

    public ObjectNode toJson() {
        ObjectNode node = Json.object().put("classFilterMode", classFilterMode);
        ArrayNode codeSet = node.putArray("codeSet");
        codes.forEach(codeSet::add);
        node.put("expressionType", expressionType).put("subString", expression).put("subVersion", version);
        node.set("tagsSet", Json.array(tags));
        return node.put("topic", topic);
    }
}
