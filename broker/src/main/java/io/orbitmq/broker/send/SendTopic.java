package io.orbitmq.broker.send;

import io.orbitmq.broker.dedup.DuplicateMode;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.frame.NameTable;
import io.orbitmq.protocol.frame.Utf8Hash;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.StateTable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * All that a send needs to know of its topic, in one object found with one look: where topics are many, each further table
 * would be several more waits for memory. Right as long as the topics' version is the one it was made under. Any thread.
 */
final class SendTopic implements NameTable.Named {

    private static final VarHandle QUEUES = MethodHandles.arrayElementVarHandle(LogQueue[].class);

    private final TopicConfig config;
    private final DataVersion version;
    private final Opener opener;
    private final TrafficRecorder.Counter sent;
    private final LogQueue[] queues;
    private final byte[] utf8Name;
    private final long nameHash;
    private final DuplicateMode mode;
    private final boolean ordinary;
    private final boolean closed;
    private final boolean multiTag;
    private final boolean ordered;

    /** Gives the store's handles; one for all topics. */
    interface Opener {

        LogQueue queue(String topic, int queueId);
    }

    /** @param version of the topics, read before the settings */
    SendTopic(TopicConfig config, DataVersion version, Opener opener, TrafficRecorder.Counter sent) {
        this(config, version, opener, sent, new LogQueue[Math.max(config.readQueues(), config.writeQueues())]);
    }

    private SendTopic(
            TopicConfig config, DataVersion version, Opener opener, TrafficRecorder.Counter sent, LogQueue[] queues) {
        String name = config.name();
        this.config = config;
        this.version = version;
        this.opener = opener;
        this.sent = sent;
        this.queues = queues;
        this.utf8Name = name.getBytes(StandardCharsets.UTF_8);
        this.nameHash = Utf8Hash.of(utf8Name, 0, utf8Name.length);
        this.mode = DuplicateMode.of(config);
        this.ordinary = !Names.isRetryTopic(name) && !MessageRules.isCompacted(config);
        this.closed = isClosed(name);
        this.ordered = config.order();
        this.multiTag = config.filterType().equals(TopicConfig.MULTI_TAG);
    }

    /** The same under another version, in which its settings are still the same object. */
    SendTopic at(DataVersion newVersion) {
        return new SendTopic(config, newVersion, opener, sent, queues);
    }

    @Override
    public byte[] utf8Name() {
        return utf8Name;
    }

    String name() {
        return config.name();
    }

    /** The {@link Utf8Hash} of its name. */
    long nameHash() {
        return nameHash;
    }

    TopicConfig config() {
        return config;
    }

    DataVersion version() {
        return version;
    }

    DuplicateMode duplicateMode() {
        return mode;
    }

    /** Whether it is no retry topic and has no rules of its own for messages. */
    boolean isOrdinary() {
        return ordinary;
    }

    /** Whether clients may not send to it. */
    boolean isClosed() {
        return closed;
    }

    /** Whether clients may not send to the topic of this name. */
    static boolean isClosed(String name) {
        return Names.isForbiddenToSend(name) || name.equals(StateTable.TOPIC);
    }

    boolean isOrdered() {
        return ordered;
    }

    boolean hasMultiTagFilter() {
        return multiTag;
    }

    /** One more than the highest queue that exists. */
    int queues() {
        return queues.length;
    }

    /** The store's handle of an existing queue. */
    LogQueue queue(int queueId) {
        LogQueue queue = (LogQueue) QUEUES.getAcquire(queues, queueId);
        if (queue == null) {
            queue = opener.queue(config.name(), queueId);
            QUEUES.setRelease(queues, queueId, queue);
        }
        return queue;
    }

    /** Adds the store's handle of a queue if it is known. */
    void addKnown(int queueId, List<LogQueue> handles) {
        LogQueue queue = queueId >= 0 && queueId < queues.length ? (LogQueue) QUEUES.getAcquire(queues, queueId) : null;
        if (queue != null) {
            handles.add(queue);
        }
    }

    /** Looks at what a send will need, the queue left out; gives what was seen there, without meaning. */
    int look() {
        byte[] name = utf8Name;
        int letter = name.length == 0 ? 0 : name[name.length - 1];
        return queues.length + letter + (closed ? 1 : 0) + sent.look();
    }

    /** Counts what is stored in it. */
    TrafficRecorder.Counter sent() {
        return sent;
    }
}
