package io.orbitmq.broker.send;

import io.orbitmq.broker.topic.TopicListener;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.NameTable;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The topics that are sent to, by the bytes of their names. One is looked up again when anything about topics has changed
 * since. Safe for any thread.
 */
final class SendTopics implements TopicListener {

    /** Stands for a topic that does not exist. */
    static final SendTopic NONE =
            new SendTopic(TopicConfig.of("", 0, 0, 0), DataVersion.ZERO, SendTopics::noQueue, (count, bytes) -> {});

    private final Topics topics;
    private final TrafficRecorder traffic;
    private final SendTopic.Opener opener;
    private final NameTable<SendTopic> known = new NameTable<>();
    private final ComingSends coming;

    SendTopics(Topics topics, MessageStore store, TrafficRecorder traffic) {
        this.topics = topics;
        this.opener = store::queue;
        this.traffic = traffic;
        this.coming = new ComingSends(known, store);
        topics.addListener(this);
    }

    /**
     * The topic that a field of a request names, or {@link #NONE}.
     *
     * @throws io.orbitmq.protocol.frame.MissingFieldException when the field is missing
     */
    SendTopic find(Fields fields, String field) {
        SendTopic found = fields.find(field, known, NONE);
        return found.version() == topics.version() && found != NONE ? found : lookUp(fields.required(field), found);
    }

    /** The topic of this name, or {@link #NONE}. */
    SendTopic find(String topic) {
        return lookUp(topic, NONE);
    }

    /** Sends of one code that were read together come next. */
    void expect(List<Command> sends) {
        coming.expect(sends);
    }

    private SendTopic lookUp(String name, SendTopic before) {
        DataVersion version = topics.version();
        Optional<TopicConfig> config = topics.find(name);
        if (config.isEmpty()) {
            known.remove(before.utf8Name());
            return NONE;
        }
        SendTopic topic = before.config() == config.get()
                ? before.at(version)
                : new SendTopic(
                        config.get(),
                        version,
                        opener,
                        traffic.sentTo(config.get().name()));
        known.put(topic);
        return topic;
    }

    private static LogQueue noQueue(String topic, int queueId) {
        throw new IllegalStateException("a topic that does not exist has no queue " + queueId);
    }

    @Override
    public void topicsChanged(Collection<String> changed) {
        for (String topic : changed) {
            if (topics.find(topic).isEmpty()) {
                known.remove(topic.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
