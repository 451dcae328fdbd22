package io.orbitmq.broker.send;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.topic.SystemTopics;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.protocol.message.Names;
import java.util.Map;
import java.util.Optional;

/** Makes an unknown topic after the model of the template a producer names (protocol/04 section 2.1). Stateless. */
final class TopicCreation {

    private static final int UNIT = 1;
    private static final int UNIT_SUBSCRIPTION = 2;

    private final LiveConfig config;
    private final Topics topics;

    TopicCreation(LiveConfig config, Topics topics) {
        this.config = config;
        this.topics = topics;
    }

    /** The topic of the header, made now if that is allowed. */
    Optional<TopicConfig> create(ReceivedSend header) {
        Optional<TopicConfig> template = topics.find(header.defaultTopic());
        if (template.isPresent() && template.get().isInherited() && isAllowed(header.defaultTopic())) {
            return Optional.of(topics.createIfAbsent(inherited(header, template.get())));
        }
        if (Names.isRetryTopic(header.topic())) {
            int sysFlag = header.unitMode() ? UNIT_SUBSCRIPTION : 0;
            return Optional.of(topics.createIfAbsent(new TopicConfig(
                    header.topic(), 1, 1, SystemTopics.READ_WRITE, TopicConfig.SINGLE_TAG, sysFlag, false, Map.of())));
        }
        return Optional.empty();
    }

    private boolean isAllowed(String template) {
        return config.get().topics().autoCreate() || !template.equals(Names.AUTO_CREATE_TOPIC);
    }

    private static TopicConfig inherited(ReceivedSend header, TopicConfig template) {
        int queues = Math.max(1, Math.min(header.defaultTopicQueueNums(), template.writeQueues()));
        int unitFlag = Names.isRetryTopic(header.topic()) ? UNIT_SUBSCRIPTION : UNIT;
        return new TopicConfig(
                header.topic(),
                queues,
                queues,
                template.permission() & ~TopicConfig.INHERIT,
                template.filterType(),
                header.unitMode() ? unitFlag : 0,
                false,
                Map.of());
    }
}
