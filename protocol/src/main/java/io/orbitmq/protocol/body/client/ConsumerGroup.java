package io.orbitmq.protocol.body.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * One consumer group in a heartbeat (protocol/07 section 1).
 *
 * @param name group
 * @param type how it gets messages
 * @param model shared or broadcast
 * @param consumeFromWhere where a group without offsets starts; decided by the client, shown to operators
 * @param subscriptions by topic; without meaning when the heartbeat is without subscriptions
 * @param unitMode legacy
 */
public record ConsumerGroup(
        String name,
        ConsumeType type,
        MessageModel model,
        String consumeFromWhere,
        List<Subscription> subscriptions,
        boolean unitMode) {

    private static final String DEFAULT_FROM = "CONSUME_FROM_LAST_OFFSET";

    public ConsumerGroup {
        subscriptions = List.copyOf(subscriptions);
    }

    static ConsumerGroup fromJson(JsonNode node) {
        List<Subscription> subscriptions = new ArrayList<>();
        node.path("subscriptionDataSet").forEach(item -> subscriptions.add(Subscription.fromJson(item)));
        String from = Json.text(node, "consumeFromWhere");
        return new ConsumerGroup(
                Json.text(node, "groupName"),
                ConsumeType.of(Json.text(node, "consumeType")),
                MessageModel.of(Json.text(node, "messageModel")),
                from.isEmpty() ? DEFAULT_FROM : from,
                subscriptions,
                node.path("unitMode").asBoolean());
    }

    ObjectNode toJson() {
        ObjectNode node = Json.object()
                .put("consumeFromWhere", consumeFromWhere)
                .put("consumeType", type.name())
                .put("groupName", name)
                .put("messageModel", model.name());
        ArrayNode set = node.putArray("subscriptionDataSet");
        subscriptions.forEach(subscription -> set.add(subscription.toJson()));
        return node.put("unitMode", unitMode);
    }
}
