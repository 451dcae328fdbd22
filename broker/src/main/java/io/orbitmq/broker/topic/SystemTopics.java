package io.orbitmq.broker.topic;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.BrokerIdentity;
import io.orbitmq.broker.TopicSettings;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.message.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The topics every broker has (protocol/02 section 3.2, protocol/03 section 10.1). Immutable. */
public final class SystemTopics {

    /** Of an ordinary topic. */
    public static final int READ_WRITE = TopicConfig.READ | TopicConfig.WRITE;

    private static final int READ_WRITE_INHERIT = READ_WRITE | TopicConfig.INHERIT;
    private static final int BENCHMARK_QUEUES = 1024;
    private static final int CLUSTER_QUEUES = 16;
    private static final int REVIVE_QUEUES = 8;

    private final List<TopicConfig> wanted;
    private final List<String> unwanted;
    private final Set<String> names;

    private SystemTopics(List<TopicConfig> wanted, List<String> unwanted) {
        this.wanted = List.copyOf(wanted);
        this.unwanted = List.copyOf(unwanted);
        this.names = wanted.stream().map(TopicConfig::name).collect(Collectors.toUnmodifiableSet());
    }

    /** What a broker with these settings has. */
    public static SystemTopics of(BrokerConfig config) {
        BrokerIdentity identity = config.identity();
        TopicSettings settings = config.topics();
        List<TopicConfig> wanted = new ArrayList<>(List.of(
                topic(Names.SELF_TEST_TOPIC, 1, READ_WRITE),
                topic(Names.BENCHMARK_TOPIC, BENCHMARK_QUEUES, READ_WRITE),
                topic(identity.clusterName(), CLUSTER_QUEUES, permission(settings.clusterTopicWritable())),
                topic(identity.brokerName(), 1, permission(settings.brokerTopicWritable())),
                topic(Names.OFFSET_MOVED_TOPIC, 1, READ_WRITE),
                topic(Names.SCHEDULE_TOPIC, config.delays().levels().size(), READ_WRITE),
                topic(Names.HALF_TOPIC, 1, READ_WRITE),
                topic(Names.OP_HALF_TOPIC, 1, READ_WRITE),
                topic(Names.TIMER_TOPIC, 1, READ_WRITE),
                topic(identity.clusterName() + Names.REPLY_SUFFIX, 1, READ_WRITE),
                topic(Names.REVIVE_PREFIX + identity.clusterName(), REVIVE_QUEUES, READ_WRITE),
                topic(Names.SYNC_MEMBER_PREFIX + identity.brokerName(), 1, TopicConfig.INHERIT)));
        List<String> unwanted = new ArrayList<>();
        if (settings.autoCreate()) {
            wanted.add(topic(Names.AUTO_CREATE_TOPIC, settings.templateQueues(), READ_WRITE_INHERIT));
        } else {
            unwanted.add(Names.AUTO_CREATE_TOPIC);
        }
        if (settings.traceTopic()) {
            wanted.add(topic(settings.traceTopicName(), 1, READ_WRITE));
        }
        return new SystemTopics(wanted, unwanted);
    }

    /** An ordinary topic with equally many read and write queues. */
    public static TopicConfig topic(String name, int queues, int permission) {
        return TopicConfig.of(name, queues, queues, permission);
    }

    /** Whether a topic is the system's, under this broker's names or any. */
    public boolean contains(String topic) {
        return names.contains(topic) || Names.isSystemTopic(topic);
    }

    /** Settings of the system topics. */
    public List<TopicConfig> wanted() {
        return wanted;
    }

    /** System topics that must not exist with these settings. */
    public List<String> unwanted() {
        return unwanted;
    }

    private static int permission(boolean writable) {
        return writable ? READ_WRITE_INHERIT : TopicConfig.INHERIT;
    }
}
