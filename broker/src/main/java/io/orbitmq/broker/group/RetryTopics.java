package io.orbitmq.broker.group;

import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.topic.SystemTopics;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.client.ConsumerGroup;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.message.Names;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics in which a group's failed messages wait for another try, and those in which they end (protocol/07 sections 1
 * and 10). A group and its retry topic come into being with the group's first heartbeat. Safe for any thread.
 */
public final class RetryTopics {

    private static final Logger LOG = LoggerFactory.getLogger(RetryTopics.class);
    private static final int UNIT_SUBSCRIPTION = 2;

    private final Topics topics;
    private final GroupConfigs groups;

    public RetryTopics(Topics topics, GroupConfigs groups) {
        this.topics = topics;
        this.groups = groups;
    }

    /** The retry topic of a group, created if absent. Throws {@link ChangeLostException} when that is refused. */
    public TopicConfig retryTopic(GroupConfig group, boolean unitMode, boolean order) {
        String name = Names.retryTopic(group.name());
        Optional<TopicConfig> known = topics.find(name);
        if (known.isPresent()) {
            return known.get();
        }
        int queues = Math.max(0, group.retryQueues());
        return topics.createIfAbsent(new TopicConfig(
                name,
                queues,
                queues,
                SystemTopics.READ_WRITE,
                TopicConfig.SINGLE_TAG,
                unitMode ? UNIT_SUBSCRIPTION : 0,
                order,
                Map.of()));
    }

    /** The dead letter topic of a group, created if absent. Throws {@link ChangeLostException} when that is refused. */
    public TopicConfig deadLetterTopic(String group) {
        return topics.createIfAbsent(SystemTopics.topic(Names.dlqTopic(group), 1, SystemTopics.READ_WRITE));
    }

    /** Makes sure a group of a heartbeat and its retry topic exist; false when the group must not be. */
    boolean prepare(ConsumerGroup group) {
        try {
            Optional<GroupConfig> config = groups.findOrCreate(group.name());
            config.ifPresent(found -> retryTopic(found, group.unitMode(), readsInOrder(group)));
            return config.isPresent();
        } catch (ChangeLostException e) {
            LOG.debug("event=group-not-created group={} cause=\"{}\"", group.name(), e.getMessage());
            return groups.find(group.name()).isPresent();
        }
    }

    private boolean readsInOrder(ConsumerGroup group) {
        return group.subscriptions().stream()
                .map(Subscription::topic)
                .anyMatch(topic -> topics.find(topic).map(TopicConfig::order).orElse(false));
    }
}
