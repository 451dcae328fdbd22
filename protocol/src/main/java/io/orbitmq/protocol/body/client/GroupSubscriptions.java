package io.orbitmq.protocol.body.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What each member of a consumer group told one broker, and where members differ: answer to GET_GROUP_SUBSCRIPTIONS, a
 * request of our own.
 *
 * @param group consumer group
 * @param members in the order they came
 * @param conflicts empty for a sound group
 */
public record GroupSubscriptions(String group, List<Member> members, List<Conflict> conflicts) {

    public GroupSubscriptions {
        members = List.copyOf(members);
        conflicts = List.copyOf(conflicts);
    }

    /**
     * One member.
     *
     * @param isKnown false while the member has not told its subscriptions
     * @param subscriptions by topic name
     */
    public record Member(
            String clientId,
            String consumeType,
            String messageModel,
            String consumeFromWhere,
            boolean isKnown,
            List<Subscription> subscriptions) {

        public Member {
            subscriptions = List.copyOf(subscriptions);
        }
    }

    /**
     * Two members that differ.
     *
     * @param kind SUBSCRIPTION, CONSUME_TYPE, MESSAGE_MODEL or CONSUME_FROM_WHERE
     * @param topic empty when they differ as a whole
     */
    public record Conflict(String kind, String topic, String clientA, String valueA, String clientB, String valueB) {}

    public static GroupSubscriptions decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        List<Member> members = new ArrayList<>();
        for (JsonNode item : node.path("members")) {
            List<Subscription> subscriptions = new ArrayList<>();
            item.path("subscriptions").forEach(told -> subscriptions.add(Subscription.fromJson(told)));
            members.add(new Member(
                    Json.text(item, "clientId"),
                    Json.text(item, "consumeType"),
                    Json.text(item, "messageModel"),
                    Json.text(item, "consumeFromWhere"),
                    item.path("known").asBoolean(),
                    subscriptions));
        }
        List<Conflict> conflicts = new ArrayList<>();
        for (JsonNode item : node.path("conflicts")) {
            conflicts.add(new Conflict(
                    Json.text(item, "kind"),
                    Json.text(item, "topic"),
                    Json.text(item, "clientA"),
                    Json.text(item, "valueA"),
                    Json.text(item, "clientB"),
                    Json.text(item, "valueB")));
        }
        return new GroupSubscriptions(Json.text(node, "group"), members, conflicts);
    }

    public byte[] encode() {
        ObjectNode node = Json.object().put("group", group);
        ArrayNode memberNodes = node.putArray("members");
        for (Member member : members) {
            ArrayNode subscriptions = memberNodes
                    .addObject()
                    .put("clientId", member.clientId)
                    .put("consumeType", member.consumeType)
                    .put("messageModel", member.messageModel)
                    .put("consumeFromWhere", member.consumeFromWhere)
                    .put("known", member.isKnown)
                    .putArray("subscriptions");
            member.subscriptions.forEach(subscription -> subscriptions.add(subscription.toJson()));
        }
        ArrayNode conflictNodes = node.putArray("conflicts");
        for (Conflict conflict : conflicts) {
            conflictNodes
                    .addObject()
                    .put("kind", conflict.kind)
                    .put("topic", conflict.topic)
                    .put("clientA", conflict.clientA)
                    .put("valueA", conflict.valueA)
                    .put("clientB", conflict.clientB)
                    .put("valueB", conflict.valueB);
        }
        return Json.write(node);
    }
}
