package io.orbitmq.broker.takeover;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.message.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The topics whose messages stand in the log.
 *
 * @param names of all of them
 * @param forget lets the queues of one go
 */
public record StoredTopics(Supplier<Set<String>> names, Consumer<String> forget) {

    /**
     * Forgets the topics that were deleted: Apache RocketMQ removes their consume queues and settings, while their messages
     * stay in the log until they expire. Created again, such a topic must not show them.
     *
     * @param root the store's root directory
     * @param existing topics with settings
     * @return how many were forgotten
     */
    int forgetDeleted(Disk disk, Path root, Collection<TopicConfig> existing) throws IOException {
        Set<String> kept = new HashSet<>();
        for (String kind : List.of("consumequeue", "batchconsumequeue")) {
            disk.list(root.resolve(kind))
                    .forEach(topic -> kept.add(topic.getFileName().toString()));
        }
        if (kept.isEmpty()) {
            return 0;
        }
        existing.forEach(topic -> kept.add(topic.name()));
        List<String> deleted = names.get().stream()
                .filter(topic -> !kept.contains(topic) && !Names.isSystemTopic(topic))
                .toList();
        deleted.forEach(forget);
        return deleted.size();
    }
}
