package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.MessageStore.DurabilityListener;
import io.orbitmq.store.index.IndexedQueue;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the simulation knows must be, may be and must not be in the store. */
final class LogModel {

    static final String COPY_PROPERTY = "COPY";

    /** Per queue and offset: every body that was ever placed there. */
    private final Map<String, TreeMap<Long, Set<String>>> placed = new TreeMap<>();
    /** Per queue and offset: the body that must be there, as it was acknowledged. */
    private final Map<String, TreeMap<Long, String>> promised = new TreeMap<>();
    /** Per queue: bodies sent in this life. */
    private final Map<String, Set<String>> inDoubt = new TreeMap<>();
    /** Per queue: one past the last offset a consumer saw. */
    private final Map<String, Long> seenEnd = new TreeMap<>();

    private final Map<String, Long> promisedOffsets = new TreeMap<>();
    private final Map<String, Long> highestOffsets = new TreeMap<>();
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
        return onDurable(
                () -> promised.computeIfAbsent(queue, key -> new TreeMap<>()).put(appended.queueOffset(), body));
    }

    void committed(String name, long offset) {
        highestOffsets.merge(name, offset, Math::max);
    }

    long nextCommit(String name) {
        return highestOffsets.getOrDefault(name, 0L) + 1;
    }

    DurabilityListener promiseOffset(String name, long offset) {
        return onDurable(() -> promisedOffsets.merge(name, offset, Math::max));
    }

    void sawEnd(String queue, long end) {
        seenEnd.merge(queue, end, Math::max);
    }

    /** A new life begins: listeners of the old one must stay silent. */
    void newLife() {
        life++;
    }

    /** ASYNC_FLUSH and the machine died: only what was forced is promised. */
    void forgetPromisesOfOperatingSystem() {
        promised.clear();
        seenEnd.clear();
        promisedOffsets.clear();
    }

    /** Checks everything; {@code minPosition} is the oldest byte that retention left. */
    void check(SimulatedStore store, OffsetTable table) {
        Set<String> names = new TreeSet<>(inDoubt.keySet());
        names.addAll(promised.keySet());
        names.addAll(placed.keySet());
        for (String name : names) {
            List<ByteBuffer> records =
                    store.records(queue(store, name), queue(store, name).minOffset());
            checkPromised(queue(store, name), records, promised.getOrDefault(name, new TreeMap<>()));
            checkQueue(store, name, records);
        }
        seenEnd.forEach((name, end) -> assertThat(queue(store, name).maxOffset())
                .as("visible end of %s", name)
                .isGreaterThanOrEqualTo(end));
        promisedOffsets.forEach((name, offset) -> assertThat(table.offsets.getOrDefault(name, 0L))
                .as("offset %s went back", name)
                .isBetween(offset, highestOffsets.get(name)));
        assertThat(highestOffsets.keySet()).containsAll(table.offsets.keySet());
    }

    /** After recovery the store is right: what it does not have never was. */
    void adopt(SimulatedStore store, OffsetTable table) {
        placed.forEach((name, bodies) ->
                bodies.tailMap(queue(store, name).maxOffset(), true).clear());
        Set<String> names = new TreeSet<>(inDoubt.keySet());
        names.addAll(placed.keySet());
        for (String name : names) {
            IndexedQueue queue = queue(store, name);
            List<String> bodies = store.bodies(queue);
            for (int i = 0; i < bodies.size(); i++) {
                long offset = queue.minOffset() + i;
                promised.computeIfAbsent(name, key -> new TreeMap<>()).put(offset, bodies.get(i));
                placed.computeIfAbsent(name, key -> new TreeMap<>()).put(offset, Set.of(bodies.get(i)));
            }
            seenEnd.put(name, queue.maxOffset());
        }
        inDoubt.clear();
        promisedOffsets.putAll(table.offsets);
    }

    private static void checkPromised(IndexedQueue queue, List<ByteBuffer> records, TreeMap<Long, String> bodies) {
        long min = queue.minOffset();
        bodies.tailMap(min, true).forEach((offset, body) -> {
            assertThat(offset).as("acknowledged in %s", queue).isLessThan(queue.maxOffset());
            assertThat(Drafts.body(records.get((int) (offset - min))))
                    .as("message %d of %s", offset, queue)
                    .isEqualTo(body);
        });
    }

    private void checkQueue(SimulatedStore store, String name, List<ByteBuffer> records) {
        IndexedQueue queue = queue(store, name);
        Map<Long, Set<String>> bodies = placed.getOrDefault(name, new TreeMap<>());
        assertThat((long) records.size()).as("messages of %s", queue).isEqualTo(queue.maxOffset() - queue.minOffset());
        assertThat(queue.nextOffset()).isGreaterThanOrEqualTo(queue.maxOffset());
        long lastPosition = -1;
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
