package io.orbitmq.store.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.foundation.file.Disk;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.tools.ImportedState.CommittedOffset;
import io.orbitmq.store.tools.ImportedState.Forbidden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the state files of a store directory written by Apache RocketMQ 5.3.3: topics, consumer offsets, groups, delay
 * progress (protocol/05 section 7). The messages themselves need no import: the commit log opens in place. Reads only;
 * one entry that makes no sense is noted and left out, the rest is taken.
 */
public final class RocketMqStoreImport {

    private static final char TOPIC_GROUP_SEPARATOR = '@';
    private static final int MAX_DELAY_LEVEL = 64;
    private static final String TOPICS = "topics.json";
    private static final String GROUPS = "subscriptionGroup.json";
    private static final String OFFSETS = "consumerOffset.json";
    private static final String DELAYS = "delayOffset.json";
    private static final List<String> STATE_FILES = List.of(TOPICS, GROUPS, OFFSETS, DELAYS);

    /** Files whose content has no counterpart here, and what that means. */
    private static final Map<String, String> LEFT_OUT = new TreeMap<>(Map.of(
            "consumerFilter.json", "SQL subscriptions are registered again by their consumers",
            "consumerOrderInfo.json", "ordered pop goes on from the committed offsets, some messages may come twice",
            "topicQueueMapping.json", "static topics are not supported, their queues are served by number only",
            "messageRequestMode.json", "groups pull until they are set to pop again",
            "lmqConsumerOffset.json", "progress in light queues is not taken over"));

    private final Disk disk;
    private final Path root;
    private final List<String> notes = new ArrayList<>();

    private RocketMqStoreImport(Disk disk, Path root) {
        this.disk = disk;
        this.root = root;
    }

    /** Whether there are state files of Apache RocketMQ in {@code root}. */
    public static boolean isThere(Disk disk, Path root) {
        Path config = root.resolve("config");
        return STATE_FILES.stream()
                .anyMatch(name -> disk.exists(config.resolve(name)) || disk.exists(config.resolve(name + ".bak")));
    }

    /**
     * Reads the state of the store in {@code root} (its {@code config} directory).
     *
     * @throws IOException when there is no such directory, a file and its backup cannot be read, or the disk fails
     */
    public static ImportedState read(Disk disk, Path root) throws IOException {
        Path config = root.resolve("config");
        if (!disk.exists(config)) {
            throw new IOException("expected the state files of an Apache RocketMQ store in " + config
                    + ", found no such directory; give the store's root (storePathRootDir)");
        }
        return new RocketMqStoreImport(disk, root).read();
    }

    private ImportedState read() throws IOException {
        List<TopicConfig> topics = topics();
        JsonNode groupFile = file(GROUPS);
        List<GroupConfig> groups = groups(groupFile);
        List<Forbidden> forbidden = forbidden(groupFile);
        List<CommittedOffset> offsets = offsets();
        Map<Integer, Long> delays = delayOffsets();
        LEFT_OUT.forEach((name, meaning) -> {
            if (disk.exists(root.resolve("config").resolve(name))) {
                notes.add(name + " is not taken over: " + meaning);
            }
        });
        if (disk.list(root.resolve("consumequeue")).stream()
                .anyMatch(topic -> topic.getFileName().toString().startsWith(Names.REVIVE_PREFIX))) {
            notes.add(
                    "consumers popped: messages that were popped and not acknowledged when the old broker ended are not"
                            + " offered again; let these consumers finish their messages before it ends");
        }
        if (!forbidden.isEmpty()) {
            notes.add("the forbiddenTable of subscriptionGroup.json is not taken over: nothing is forbidden here;"
                    + " take the right to read from the topic, or set consumeEnable=false for the group");
        }
        boolean stoppedInOrder = !disk.exists(root.resolve("abort"));
        if (!stoppedInOrder) {
            notes.add(
                    "the file abort is there: the old broker still runs or was killed; stop it in order before moving,"
                            + " for offsets may be some seconds behind, and messages come again");
        }
        DeliveredTimers timers = DeliveredTimers.read(disk, root.resolve("config"));
        return new ImportedState(topics, groups, offsets, forbidden, delays, timers, stoppedInOrder, notes);
    }

    private List<TopicConfig> topics() throws IOException {
        List<TopicConfig> topics = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry :
                file(TOPICS).path("topicConfigTable").properties()) {
            TopicConfig topic = TopicConfig.fromJson(entry.getValue());
            if (topic.name().equals(entry.getKey())) {
                topics.add(topic);
            } else {
                notes.add("topics.json: the entry '" + entry.getKey() + "' names the topic '" + topic.name()
                        + "', it is left out");
            }
        }
        return topics;
    }

    private List<GroupConfig> groups(JsonNode file) {
        List<GroupConfig> groups = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry :
                file.path("subscriptionGroupTable").properties()) {
            GroupConfig group = GroupConfig.fromJson(entry.getValue());
            if (group.name().equals(entry.getKey())) {
                groups.add(group);
            } else {
                notes.add("subscriptionGroup.json: the entry '" + entry.getKey() + "' names the group '" + group.name()
                        + "', it is left out");
            }
        }
        return groups;
    }

    private static List<Forbidden> forbidden(JsonNode file) {
        List<Forbidden> forbidden = new ArrayList<>();
        file.path("forbiddenTable").properties().forEach(group -> group.getValue()
                .properties()
                .forEach(topic -> forbidden.add(new Forbidden(
                        group.getKey(), topic.getKey(), topic.getValue().asInt()))));
        return forbidden;
    }

    private List<CommittedOffset> offsets() throws IOException {
        List<CommittedOffset> offsets = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry :
                file(OFFSETS).path("offsetTable").properties()) {
            String key = entry.getKey();
            int separator = key.indexOf(TOPIC_GROUP_SEPARATOR);
            if (separator <= 0 || separator == key.length() - 1) {
                notes.add("consumerOffset.json: expected topic@group, found '" + key + "', it is left out");
                continue;
            }
            for (Map.Entry<String, JsonNode> queue : entry.getValue().properties()) {
                if (isNumber(queue.getKey()) && queue.getValue().asLong(-1) >= 0) {
                    offsets.add(new CommittedOffset(
                            key.substring(separator + 1),
                            key.substring(0, separator),
                            Integer.parseInt(queue.getKey()),
                            queue.getValue().asLong()));
                } else {
                    notes.add("consumerOffset.json: " + key + " has " + queue.getKey() + ":" + queue.getValue()
                            + ", expected queue number and offset, it is left out");
                }
            }
        }
        return offsets;
    }

    private Map<Integer, Long> delayOffsets() throws IOException {
        Map<Integer, Long> delays = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                file(DELAYS).path("offsetTable").properties()) {
            if (isNumber(entry.getKey()) && Integer.parseInt(entry.getKey()) <= MAX_DELAY_LEVEL) {
                delays.put(
                        Integer.parseInt(entry.getKey()),
                        Math.max(0, entry.getValue().asLong()));
            } else {
                notes.add("delayOffset.json: expected a delay level, found '" + entry.getKey() + "', it is left out");
            }
        }
        return delays;
    }

    private JsonNode file(String name) throws IOException {
        return new StateFile(disk, root.resolve("config").resolve(name), notes).read();
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,9}");
    }
}
