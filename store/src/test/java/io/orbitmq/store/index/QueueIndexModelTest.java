package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.testkit.Dice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does at random what a store does to its queue index, and compares it with a naive map after every few steps. */
final class QueueIndexModelTest {

    private static final int STEPS = 700;
    private static final int TOPICS = 6;
    private static final int QUEUES = 4;

    @TempDir
    private Path directory;

    /** One event of the log; {@code queueId} is -1 when the topic is forgotten. */
    private record Event(String topic, int queueId, long offset, long position, int sizeBytes, long tagsCode) {}

    /** What a queue should hold. */
    private static final class Model {
        private final TreeMap<Long, Event> entries = new TreeMap<>();
        private long next;
        private long min;

        private void apply(Event event) {
            if (entries.isEmpty() && min == next) {
                min = event.offset();
            }
            entries.put(event.offset(), event);
            next = event.offset() + 1;
        }

        private void trim(long minPosition) {
            while (!entries.isEmpty() && entries.firstEntry().getValue().position() < minPosition) {
                min = entries.pollFirstEntry().getKey() + 1;
            }
        }
    }

    /** All events since the beginning of time; those before {@link #logMin} are no longer in the log. */
    private final List<Event> history = new ArrayList<>();

    /** Offsets jump now and then; not with {@link #anyLoss}, as a gap at the cut may stay. */
    private boolean gaps;

    /** The log may lose even what the index was told is durable; not with topics forgotten, which stay forgotten. */
    private boolean anyLoss;

    private final Map<String, Model> models = new TreeMap<>();
    private Random random;
    private QueueIndex index;
    private long logMin;
    private long logEnd;
    private String seedText;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithANaiveMap(long seed) throws IOException {
        seedText = "seed " + seed;
        random = Dice.of(seed);
        gaps = seed % 2 == 0;
        anyLoss = seed % 4 == 3;
        if (seed % 3 == 0) {
            // compact entries before and behind this line are told apart by their run
            logMin = (1L << 40) - 100_000;
            logEnd = logMin;
        }
        open();
        for (int step = 0; step < STEPS; step++) {
            act();
            if (step % 15 == 0) {
                compareAll(seedText + " step " + step);
            }
        }
        restart(logEnd);
        compareAll(seedText + " at the end");
        assertThat(index.damage()).as(seedText).isEmpty();
        index.close();
    }

    private void act() throws IOException {
        int choice = random.nextInt(100);
        if (choice < 60) {
            append();
        } else if (choice < 72) {
            index.seal(logEnd);
        } else if (choice < 84) {
            index.writeSealed();
        } else if (choice < 90) {
            index.merge();
        } else if (choice < 93) {
            trim();
        } else if (choice < 95 && !anyLoss) {
            forget();
        } else if (choice < 98) {
            restart(logEnd);
        } else {
            loseTail();
        }
    }

    private void append() {
        String topic = "T" + random.nextInt(TOPICS);
        int queueId = random.nextInt(QUEUES);
        Model model = models.computeIfAbsent(topic + "-" + queueId, name -> new Model());
        int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 8);
        long gap = gaps && random.nextInt(20) == 0 ? 1 + random.nextInt(5) : 0;
        for (int i = 0; i < count; i++) {
            long offset = model.next + (i == 0 ? gap : 0);
            Event event = new Event(topic, queueId, offset, logEnd, anySize(), anyCode());
            logEnd += 100 + random.nextInt(50);
            history.add(event);
            model.apply(event);
            dispatch(event);
        }
        publishAll();
    }

    /** Most fit the compact form. */
    private int anySize() {
        return random.nextInt(300) == 0 ? (1 << 24) + random.nextInt(1 << 24) : 1 + random.nextInt((1 << 24) - 1);
    }

    private long anyCode() {
        return random.nextInt(300) == 0 ? random.nextLong() : random.nextInt();
    }

    private void forget() {
        Event event = new Event("T" + random.nextInt(TOPICS), -1, 0, logEnd, 0, 0);
        logEnd += 100;
        history.add(event);
        apply(event);
        dispatch(event);
    }

    private void trim() throws IOException {
        long end = index.indexedEnd();
        if (end > logMin) {
            logMin += random.nextLong(end - logMin) / (1 + random.nextInt(5));
            index.trim(logMin);
            models.values().forEach(model -> model.trim(logMin));
        }
    }

    private void restart(long end) throws IOException {
        index.close();
        logEnd = end;
        open();
        for (Event event : history) {
            if (event.position() >= logMin && (event.position() >= index.indexedEnd() || random.nextInt(3) == 0)) {
                dispatch(event);
            }
        }
        publishAll();
    }

    /** The log ends earlier than the index believes, as after a loss of power in ASYNC_FLUSH. */
    private void loseTail() throws IOException {
        long from = anyLoss ? Math.max(logMin, logEnd - 20_000) : Math.max(logMin, index.indexedEnd());
        long end = logEnd - random.nextLong(logEnd - from + 1);
        history.removeIf(event -> event.position() >= end);
        models.clear();
        history.forEach(this::apply);
        models.values().forEach(model -> model.trim(logMin));
        restart(end);
    }

    private void open() throws IOException {
        index = QueueIndex.open(new SystemDisk(), directory, logMin, logEnd, 1 << 20);
    }

    private void apply(Event event) {
        if (event.queueId() < 0) {
            models.keySet().removeIf(name -> name.startsWith(event.topic() + "-"));
        } else {
            models.computeIfAbsent(event.topic() + "-" + event.queueId(), name -> new Model())
                    .apply(event);
        }
    }

    private void dispatch(Event event) {
        if (event.queueId() < 0) {
            index.forget(event.topic(), event.position());
        } else if (event.position() >= index.indexedEnd()
                || index.find(event.topic(), event.queueId()).isPresent()) {
            IndexedQueue queue = index.queue(event.topic(), event.queueId());
            index.add(queue, event.offset(), event.position(), event.sizeBytes(), event.tagsCode());
        }
    }

    private void publishAll() {
        index.forEach(queue -> index.publish(queue, queue.nextOffset()));
    }

    private void compareAll(String where) throws IOException {
        for (Map.Entry<String, Model> each : models.entrySet()) {
            String name = each.getKey();
            Model model = each.getValue();
            int dash = name.indexOf('-');
            IndexedQueue queue = index.queue(name.substring(0, dash), Integer.parseInt(name.substring(dash + 1)));
            assertThat(queue.maxOffset()).as("%s max of %s", where, name).isEqualTo(model.next);
            long first = model.entries.isEmpty() ? model.next : model.entries.firstKey();
            assertThat(queue.minOffset()).as("%s min of %s", where, name).isBetween(model.min, first);
            compareFrom(where + " " + name, queue, model, 0);
            compareFrom(where + " " + name, queue, model, model.min + random.nextLong(model.next - model.min + 1));
        }
    }

    private void compareFrom(String where, IndexedQueue queue, Model model, long from) throws IOException {
        try (EntryCursor cursor = index.entries(queue, from)) {
            for (Event expected : model.entries.tailMap(from).values()) {
                assertThat(cursor.next())
                        .as("%s has offset %d from %d", where, expected.offset(), from)
                        .isTrue();
                assertThat(cursor.offset()).as(where).isEqualTo(expected.offset());
                assertThat(cursor.position()).as(where).isEqualTo(expected.position());
                assertThat(cursor.tagsCode()).as(where).isEqualTo(expected.tagsCode());
                assertThat(cursor.sizeBytes()).as(where).isEqualTo(expected.sizeBytes());
            }
            assertThat(cursor.next()).as("%s ends", where).isFalse();
        }
    }
}
