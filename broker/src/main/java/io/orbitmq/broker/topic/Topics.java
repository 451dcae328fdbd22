package io.orbitmq.broker.topic;

import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.body.topic.TopicConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The topics of this broker. Reading is a table lookup. A change is visible when the method returns and durable when its
 * future completes; it fails with {@link ChangeLostException} when the store does not take it. Safe for any thread.
 */
public final class Topics {

    private final TopicTable table;
    private final StateLog log;
    private final Clock clock;
    private final List<TopicListener> listeners = new CopyOnWriteArrayList<>();
    /** Held from reading the version until the change is in the log. */
    private final Object deciding = new Object();

    public Topics(TopicTable table, StateLog log, Clock clock) {
        this.table = table;
        this.log = log;
        this.clock = clock;
    }

    public void addListener(TopicListener listener) {
        listeners.add(listener);
    }

    /** The settings of a topic. */
    public Optional<TopicConfig> find(String topic) {
        return table.find(topic);
    }

    /** All topics; a live view in no order. */
    public Collection<TopicConfig> all() {
        return table.all();
    }

    /** What nameservers compare; its counter grows with every change. */
    public DataVersion version() {
        return table.version();
    }

    /** Creates or replaces one topic. */
    public CompletableFuture<Void> put(TopicConfig config) {
        return putAll(List.of(config));
    }

    /** Creates or replaces several topics as one change. */
    public CompletableFuture<Void> putAll(Collection<TopicConfig> configs) {
        return change(configs, List.of());
    }

    /** Forgets a topic; its queues are the store's to forget. */
    public CompletableFuture<Void> delete(String topic) {
        return change(List.of(), List.of(topic));
    }

    /**
     * The topic under the name of {@code wanted}, created with these settings if it does not exist. What is appended
     * afterwards is durable only together with it.
     *
     * @throws ChangeLostException when it does not exist and the store takes no changes
     */
    public TopicConfig createIfAbsent(TopicConfig wanted) {
        Optional<TopicConfig> before = find(wanted.name());
        if (before.isPresent()) {
            return before.get();
        }
        synchronized (deciding) {
            Optional<TopicConfig> meanwhile = find(wanted.name());
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            ChangeLostException.throwIfRefused("the topic " + wanted.name(), put(wanted));
        }
        return wanted;
    }

    /** Brings the system topics in line with the settings; only at start, before listeners are added. */
    public CompletableFuture<Void> ensureSystemTopics(SystemTopics system) {
        List<TopicConfig> missing = system.wanted().stream()
                .filter(wanted -> !find(wanted.name()).equals(Optional.of(wanted)))
                .toList();
        List<String> unwanted = system.unwanted().stream()
                .filter(topic -> find(topic).isPresent())
                .toList();
        return missing.isEmpty() && unwanted.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : change(missing, unwanted);
    }

    private CompletableFuture<Void> change(Collection<TopicConfig> put, Collection<String> deleted) {
        List<String> names = new ArrayList<>(deleted);
        put.forEach(config -> names.add(config.name()));
        CompletableFuture<Void> durable;
        synchronized (deciding) {
            StateWriter change = TopicTable.startChange(nextVersion());
            put.forEach(config -> TopicTable.put(change, config));
            deleted.forEach(topic -> TopicTable.delete(change, topic));
            durable = log.append(table, change.toBuffer());
        }
        return durable.thenRun(() -> listeners.forEach(listener -> listener.topicsChanged(names)));
    }

    private DataVersion nextVersion() {
        return table.version().next(clock.epochMs());
    }
}
