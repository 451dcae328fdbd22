package io.orbitmq.nameserver.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.topic.TopicConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The queues of each topic under each broker name. Guarded by the lock of {@link RouteTable}. */
final class TopicTable {

    private final Map<String, Map<String, QueueRoute>> topics = new HashMap<>();
    private final Map<String, Map<String, JsonNode>> mappings = new HashMap<>();

    boolean has(String topic, String brokerName) {
        return topics.getOrDefault(topic, Map.of()).containsKey(brokerName);
    }

    void put(String topic, QueueRoute queues) {
        topics.computeIfAbsent(topic, name -> new TreeMap<>()).put(queues.brokerName(), queues);
    }

    void putMapping(String topic, String brokerName, JsonNode mapping) {
        mappings.computeIfAbsent(topic, name -> new TreeMap<>()).put(brokerName, mapping);
    }

    /** Entries by broker name; empty for an unknown topic. */
    Collection<QueueRoute> queues(String topic) {
        return topics.getOrDefault(topic, Map.of()).values();
    }

    Map<String, JsonNode> mappings(String topic) {
        return mappings.getOrDefault(topic, Map.of());
    }

    /** Names of topics of which {@code wanted} accepts any entry. */
    List<String> names(Predicate<QueueRoute> wanted) {
        return topics.entrySet().stream()
                .filter(entry -> entry.getValue().values().stream().anyMatch(wanted))
                .map(Map.Entry::getKey)
                .toList();
    }

    void remove(String topic) {
        topics.remove(topic);
    }

    /** Removes the entries of some brokers, and the topic with its last entry. */
    void remove(String topic, Set<String> brokerNames) {
        Map<String, QueueRoute> entries = topics.get(topic);
        if (entries != null && entries.keySet().removeAll(brokerNames) && entries.isEmpty()) {
            topics.remove(topic);
        }
    }

    /** Removes all entries of some brokers in one pass. */
    void removeBrokers(Set<String> brokerNames) {
        Iterator<Map<String, QueueRoute>> all = topics.values().iterator();
        while (all.hasNext()) {
            Map<String, QueueRoute> entries = all.next();
            if (entries.keySet().removeAll(brokerNames) && entries.isEmpty()) {
                all.remove();
            }
        }
    }

    /** Removes the entries of a broker for topics that {@code kept} does not have. */
    void retain(String brokerName, Map<String, TopicConfig> kept) {
        Iterator<Map.Entry<String, Map<String, QueueRoute>>> all =
                topics.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Map<String, QueueRoute>> topic = all.next();
            if (!kept.containsKey(topic.getKey())
                    && topic.getValue().remove(brokerName) != null
                    && topic.getValue().isEmpty()) {
                all.remove();
            }
        }
    }

    /** Changes the permission of every entry of a broker; returns the number of entries. */
    int changePermissions(String brokerName, UnaryOperator<Integer> change) {
        int count = 0;
        for (Map<String, QueueRoute> entries : topics.values()) {
            QueueRoute queues = entries.get(brokerName);
            if (queues != null) {
                entries.put(brokerName, queues.withPermission(change.apply(queues.permission())));
                count++;
            }
        }
        return count;
    }
}
