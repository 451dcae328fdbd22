package io.orbitmq.nameserver.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.topic.TopicConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The queues of each topic under each broker name. Guarded by the lock of {@link RouteTable}.
 *
 * <p>There may be very many topics, nearly all of them on one broker and with the same numbers of queues: those share one
 * object, so that a topic takes no more than its name and a place in the table.
 */
final class TopicTable {

    /** Entries by broker name, one at least; a list is never changed. */
    private final Map<String, List<QueueRoute>> topics = new HashMap<>();
    /** What topics on one broker share; an entry stays until its broker goes. */
    private final Map<QueueRoute, List<QueueRoute>> shared = new HashMap<>();

    private final Map<String, Map<String, JsonNode>> mappings = new HashMap<>();

    boolean has(String topic, String brokerName) {
        return queues(topic).stream().anyMatch(queues -> queues.brokerName().equals(brokerName));
    }

    void put(String topic, QueueRoute queues) {
        topics.put(topic, with(queues(topic), queues));
    }

    void putMapping(String topic, String brokerName, JsonNode mapping) {
        mappings.computeIfAbsent(topic, name -> new TreeMap<>()).put(brokerName, mapping);
    }

    /** Entries by broker name; empty for an unknown topic. */
    List<QueueRoute> queues(String topic) {
        return topics.getOrDefault(topic, List.of());
    }

    Map<String, JsonNode> mappings(String topic) {
        return mappings.getOrDefault(topic, Map.of());
    }

    /** Names of topics of which {@code wanted} accepts any entry. */
    List<String> names(Predicate<QueueRoute> wanted) {
        return topics.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(wanted))
                .map(Map.Entry::getKey)
                .toList();
    }

    void remove(String topic) {
        topics.remove(topic);
    }

    /** Removes the entries of some brokers, and the topic with its last entry. */
    void remove(String topic, Set<String> brokerNames) {
        List<QueueRoute> left = without(queues(topic), brokerNames);
        if (left.isEmpty()) {
            topics.remove(topic);
        } else {
            topics.put(topic, left);
        }
    }

    /** Removes all entries of some brokers in one pass. */
    void removeBrokers(Set<String> brokerNames) {
        replaceEach((topic, entries) -> without(entries, brokerNames));
        shared.keySet().removeIf(queues -> brokerNames.contains(queues.brokerName()));
    }

    /** Removes the entries of a broker for topics that {@code kept} does not have. */
    void retain(String brokerName, Map<String, TopicConfig> kept) {
        Set<String> broker = Set.of(brokerName);
        replaceEach((topic, entries) -> kept.containsKey(topic) ? entries : without(entries, broker));
    }

    /** Changes the permission of every entry of a broker; returns the number of entries. */
    int changePermissions(String brokerName, UnaryOperator<Integer> change) {
        int count = 0;
        for (Map.Entry<String, List<QueueRoute>> topic : topics.entrySet()) {
            for (QueueRoute queues : topic.getValue()) {
                if (queues.brokerName().equals(brokerName)) {
                    QueueRoute changed = queues.withPermission(change.apply(queues.permission()));
                    topic.setValue(with(topic.getValue(), changed));
                    count++;
                }
            }
        }
        return count;
    }

    private void replaceEach(BiFunction<String, List<QueueRoute>, List<QueueRoute>> replacement) {
        Iterator<Map.Entry<String, List<QueueRoute>>> all = topics.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, List<QueueRoute>> topic = all.next();
            List<QueueRoute> entries = replacement.apply(topic.getKey(), topic.getValue());
            if (entries.isEmpty()) {
                all.remove();
            } else {
                topic.setValue(entries);
            }
        }
    }

    private List<QueueRoute> with(List<QueueRoute> entries, QueueRoute queues) {
        List<QueueRoute> others = without(entries, Set.of(queues.brokerName()));
        if (others.isEmpty()) {
            return sharedAlone(queues);
        }
        List<QueueRoute> all = new ArrayList<>(others);
        all.add(queues);
        all.sort(Comparator.comparing(QueueRoute::brokerName));
        return List.copyOf(all);
    }

    private List<QueueRoute> without(List<QueueRoute> entries, Set<String> brokerNames) {
        List<QueueRoute> left = entries.stream()
                .filter(queues -> !brokerNames.contains(queues.brokerName()))
                .toList();
        if (left.size() == entries.size()) {
            return entries;
        }
        return left.size() == 1 ? sharedAlone(left.get(0)) : left;
    }

    private List<QueueRoute> sharedAlone(QueueRoute queues) {
        return shared.computeIfAbsent(queues, List::of);
    }
}
