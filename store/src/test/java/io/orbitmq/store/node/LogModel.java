package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.MessageStore.DurabilityListener;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.index.IndexedQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the simulation knows must be, may be and must not be in the store. */
final class LogModel {

    static final String COPY_PROPERTY = "COPY";

    /** Per queue and offset: every body that was ever placed there. */
    private final Map<String, TreeMap<Long, Set<String>>> placed = new TreeMap<>();
    /** Per queue and offset: the message that must be there, as it was acknowledged. */
    private final Map<String, TreeMap<Long, Promise>> promised = new TreeMap<>();
    /** Per queue: bodies sent in this life. */
    private final Map<String, Set<String>> inDoubt = new TreeMap<>();
    /** Per queue: one past the last offset a consumer saw. */
    private final Map<String, Long> seenEnd = new TreeMap<>();

    final CommittedOffsets offsets = new CommittedOffsets();
    /** Retention may have removed the log before this, and nothing else. */
    private long trimmedTo;

    private int life;
    long acknowledged;

    /** {@code body} is about to be sent; if the machine dies now it may be there or not. */
    void sending(String queue, String body) {
        inDoubt.computeIfAbsent(queue, key -> new HashSet<>()).add(body);
    }

    void placed(String queue, Appended appended, String body) {
        placed.computeIfAbsent(queue, key -> new TreeMap<>())
                .computeIfAbsent(appended.queueOffset(), key -> new HashSet<>())
                .add(body);
    }

    DurabilityListener promise(String queue, Appended appended, String body) {
        Promise promise = new Promise(body, appended.position(), appended.endPosition());
        return onDurable(() -> promised(queue).put(appended.queueOffset(), promise));
    }

    DurabilityListener promiseOffset(String name, long offset, Appended appended) {
        return onDurable(() -> offsets.promise(name, offset, appended.endPosition()));
    }

    void sawEnd(String queue, long end) {
        seenEnd.merge(queue, end, Math::max);
    }

    /** The segments before {@code position} are about to be removed. */
    void trimming(long position) {
        trimmedTo = Math.max(trimmedTo, position);
    }

    /** A new life begins: listeners of the old one must stay silent. */
    void newLife() {
        life++;
    }

    /** ASYNC_FLUSH and the machine died: only what was forced is promised. */
    void forgetUnforced(long durablePosition) {
        seenEnd.clear();
        promised.forEach((name, messages) -> {
            messages.values().removeIf(message -> message.endPosition() > durablePosition);
            if (!messages.isEmpty()) {
                seenEnd.put(name, messages.lastKey() + 1);
            }
        });
        offsets.forgetUnforced(durablePosition);
    }

    /** Checks everything; what the store does not have then never was. */
    void checkAndAdopt(SimulatedStore store, OffsetTable table) throws IOException {
        assertThat(store.parts().log.minPosition()).as("begin of the log").isLessThanOrEqualTo(trimmedTo);
        Map<String, List<ByteBuffer>> found = new TreeMap<>();
        LogCover cover = new LogCover(store);
        for (String name : names()) {
            IndexedQueue queue = queue(store, name);
            List<ByteBuffer> records = store.records(queue, queue.minOffset());
            found.put(name, records);
            checkPromised(queue, records);
            checkQueue(store, name, records);
            cover.add(queue, records);
        }
        IndexedQueue states = store.queue(StateTable.TOPIC, 0);
        cover.add(states, store.records(states, states.minOffset()));
        cover.checkFrom(trimmedTo);
        seenEnd.forEach((name, end) -> assertThat(queue(store, name).maxOffset())
                .as("visible end of %s", name)
                .isGreaterThanOrEqualTo(end));
        offsets.check(table);
        found.forEach((name, records) -> adopt(queue(store, name), records));
        inDoubt.clear();
        offsets.adopt(table, store.parts().tail.endPosition());
    }

    /** Looks for messages by key; to be called behind {@link #checkAndAdopt}. */
    void checkKeys(SimulatedStore store, int bodies, Random chance) {
        long minPosition = store.parts().log.minPosition();
        Map<String, List<Promise>> topics = new TreeMap<>();
        promised.forEach((name, messages) -> messages.values().stream()
                .filter(message -> message.position() >= minPosition)
                .forEach(topics.computeIfAbsent(queue(store, name).topic(), key -> new ArrayList<>())::add));
        topics.forEach((topic, messages) -> new KeyedMessages(topic, trimmedTo, messages).check(store, bodies, chance));
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(inDoubt.keySet());
        names.addAll(promised.keySet());
        names.addAll(placed.keySet());
        return names;
    }

    private TreeMap<Long, Promise> promised(String queue) {
        return promised.computeIfAbsent(queue, key -> new TreeMap<>());
    }

    private void adopt(IndexedQueue queue, List<ByteBuffer> records) {
        String name = queue.toString();
        TreeMap<Long, Set<String>> bodies = placed.computeIfAbsent(name, key -> new TreeMap<>());
        bodies.tailMap(queue.maxOffset(), true).clear();
        for (int i = 0; i < records.size(); i++) {
            Promise message = Promise.of(records.get(i));
            promised(name).put(queue.minOffset() + i, message);
            bodies.put(queue.minOffset() + i, Set.of(message.body()));
        }
        seenEnd.put(name, queue.maxOffset());
    }

    /** Messages of removed segments are gone, all others there. */
    private void checkPromised(IndexedQueue queue, List<ByteBuffer> records) {
        long min = queue.minOffset();
        promised(queue.toString()).forEach((offset, message) -> {
            assertThat(offset).as("acknowledged in %s", queue).isLessThan(queue.maxOffset());
            if (offset < min) {
                assertThat(message.endPosition())
                        .as("removed message %d of %s", offset, queue)
                        .isLessThanOrEqualTo(trimmedTo);
            } else {
                assertThat(Promise.of(records.get((int) (offset - min))))
                        .as("message %d of %s", offset, queue)
                        .isEqualTo(message);
            }
        });
    }

    private void checkQueue(SimulatedStore store, String name, List<ByteBuffer> records) {
        IndexedQueue queue = queue(store, name);
        Map<Long, Set<String>> bodies = placed.getOrDefault(name, new TreeMap<>());
        assertThat((long) records.size()).as("messages of %s", queue).isEqualTo(queue.maxOffset() - queue.minOffset());
        assertThat(queue.nextOffset()).isGreaterThanOrEqualTo(queue.maxOffset());
        long lastPosition = store.parts().log.minPosition() - 1;
        long lastTimestamp = 0;
        long offset = queue.minOffset();
        for (ByteBuffer record : records) {
            assertThat(MessageRecord.queueOffset(record, 0))
                    .as("offsets of %s", queue)
                    .isEqualTo(offset);
            assertThat(MessageRecord.topic(record, 0)).isEqualTo(queue.topic());
            assertThat(MessageRecord.queueId(record, 0)).isEqualTo(queue.queueId());
            assertThat(MessageRecord.physicalOffset(record, 0)).as("log order").isGreaterThan(lastPosition);
            assertThat(MessageRecord.storeTimestamp(record, 0)).as("store time").isGreaterThanOrEqualTo(lastTimestamp);
            String body = Drafts.body(record);
            assertThat(MessageRecord.property(record, 0, COPY_PROPERTY))
                    .as("properties")
                    .isEqualTo(body);
            boolean known = bodies.getOrDefault(offset, Set.of()).contains(body)
                    || inDoubt.getOrDefault(name, Set.of()).contains(body);
            assertThat(known).as("%s was sent to %s at %d", body, queue, offset).isTrue();
            lastPosition = MessageRecord.physicalOffset(record, 0);
            lastTimestamp = MessageRecord.storeTimestamp(record, 0);
            offset++;
        }
    }

    private static IndexedQueue queue(SimulatedStore store, String name) {
        int at = name.lastIndexOf('-');
        return store.queue(name.substring(0, at), Integer.parseInt(name.substring(at + 1)));
    }

    private DurabilityListener onDurable(Runnable promise) {
        int made = life;
        return new DurabilityListener() {
            @Override
            public void durable() {
                assertThat(life).as("acknowledged by a dead store").isEqualTo(made);
                acknowledged++;
                promise.run();
            }

            @Override
            public void lost(String reason) {
                assertThat(reason).isNotEmpty();
            }
        };
    }
}
