package io.orbitmq.protocol.body.route;

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

/**
 * Where a topic is: answer to GET_ROUTEINFO_BY_TOPIC (protocol/02 section 5).
 *
 * @param queues one entry per broker name
 * @param brokers one entry per broker name that is alive
 * @param orderTopicConf {@code broker:queues;...}, empty for none
 * @param mappings of a static topic, by broker name, as JSON trees that nobody changes
 */
public record TopicRoute(
        List<QueueRoute> queues, List<BrokerRoute> brokers, String orderTopicConf, Map<String, JsonNode> mappings) {

    public TopicRoute {
        queues = List.copyOf(queues);
        brokers = List.copyOf(brokers);
        mappings = Collections.unmodifiableMap(new LinkedHashMap<>(mappings));
    }

    public static TopicRoute of(List<QueueRoute> queues, List<BrokerRoute> brokers) {
        return new TopicRoute(queues, brokers, "", Map.of());
    }

    public static TopicRoute decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        List<QueueRoute> queues = new ArrayList<>();
        node.path("queueDatas").forEach(item -> queues.add(QueueRoute.fromJson(item)));
        List<BrokerRoute> brokers = new ArrayList<>();
        node.path("brokerDatas").forEach(item -> brokers.add(BrokerRoute.fromJson(item)));
        Map<String, JsonNode> mappings = new LinkedHashMap<>();
        node.path("topicQueueMappingByBroker").properties().forEach(m -> mappings.put(m.getKey(), m.getValue()));
        return new TopicRoute(queues, brokers, Json.text(node, "orderTopicConf"), mappings);
    }

    /** @param standardJson false: numeric names without quotes, as peers before 4.9.4 got them */
    public byte[] encode(boolean standardJson) {
        ObjectNode node = Json.object();
        ArrayNode brokerDatas = node.putArray("brokerDatas");
        brokers.forEach(broker -> brokerDatas.add(broker.toJson()));
        node.putObject("filterServerTable");
        if (!orderTopicConf.isEmpty()) {
            node.put("orderTopicConf", orderTopicConf);
        }
        ArrayNode queueDatas = node.putArray("queueDatas");
        queues.forEach(queue -> queueDatas.add(queue.toJson()));
        if (!mappings.isEmpty()) {
            ObjectNode byBroker = node.putObject("topicQueueMappingByBroker");
            mappings.forEach(byBroker::set);
        }
        return standardJson ? Json.write(node) : Json.writeWithBareNumericNames(node);
    }
}
