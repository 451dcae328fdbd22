package io.orbitmq.broker.send;

import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.NameTable;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at what sends that were read together will need of their topics and queues, before the first is handled. Where
 * topics are many nothing of a topic is in the processor's cache when a send comes for it, and handling one waits for
 * memory half a dozen times, each time for the place that leads to the next: topic, name and queues, queue, its place in
 * the memtable. Here the topics of all sends are asked for, then the queues of all and so on, so that these waits overlap.
 * Only looks: a send finds its topic anew. Event loops; keeps nothing.
 */
final class ComingSends {

    /** Fewer stay in the cache by themselves. */
    private static final int FEWEST_TOPICS = 256;

    private final NameTable<SendTopic> topics;
    private final MessageStore store;
    /** Only kept, lest the compiler leave the looking out. */
    private int seen;

    ComingSends(NameTable<SendTopic> topics, MessageStore store) {
        this.topics = topics;
        this.store = store;
    }

    /** @param sends of one request code */
    void expect(List<Command> sends) {
        if (topics.size() < FEWEST_TOPICS) {
            return;
        }
        String topicField = ReceivedSend.topicField(sends.get(0).code());
        String queueField = ReceivedSend.queueField(sends.get(0).code());
        List<SendTopic> found = new ArrayList<>(sends.size());
        int[] queueIds = new int[sends.size()];
        for (int i = 0; i < queueIds.length; i++) {
            Fields fields = sends.get(i).fields();
            topics.addLikely(fields.hash(topicField), SendTopics.NONE, found);
            queueIds[i] = fields.intOr(queueField, -1);
        }
        int looked = 0;
        for (SendTopic topic : found) {
            looked += topic.look();
        }
        List<LogQueue> queues = new ArrayList<>(queueIds.length);
        for (int i = 0; i < queueIds.length; i++) {
            found.get(i).addKnown(queueIds[i], queues);
        }
        seen = looked;
        store.expectAppends(queues);
    }
}
