package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.testkit.Dice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyIndexTest {

    private static final long FIRST_MS = 1_795_000_000_000L;
    /** Two keys that have the same hash in topic "TopicA". */
    private static final String COLLIDING_KEY = "ORDER-0123456789";

    private static final String OTHER_COLLIDING_KEY = "wtJytLaI/MQ$>>2N";

    @TempDir
    private Path directory;

    private QueueIndex queues;
    private KeyIndex keys;

    @BeforeEach
    void openIndexes() throws IOException {
        queues = QueueIndex.open(new SystemDisk(), directory.resolve("queues"), 0, 0, 1 << 20);
        open(0, 0);
    }

    @AfterEach
    void closeIndexes() throws IOException {
        queues.close();
        keys.close();
    }

    @Test
    void findsAMessageByItsUniqueKeyAndByEachOfItsKeys() throws IOException {
        add("T", "UNIQ_KEY\1U1\2KEYS\1a  b \2TAGS\1a1\2", 700);

        assertThat(find("T", "U1")).containsExactly(700L);
        assertThat(find("T", "a")).containsExactly(700L);
        assertThat(find("T", "b")).containsExactly(700L);
        assertThat(find("T", "a  b")).isEmpty();
        assertThat(find("T", "a1")).isEmpty();
        assertThat(find("", "")).isEmpty();
    }

    @Test
    void keepsTopicsApart() throws IOException {
        add("T1", "KEYS\1k\2", 10);
        add("T2", "KEYS\1k", 20);

        assertThat(find("T1", "k")).containsExactly(10L);
        assertThat(find("T2", "k")).containsExactly(20L);
        assertThat(find("T3", "k")).isEmpty();
    }

    @Test
    void takesTheLastOfEqualPropertiesAndIgnoresEmptyOnes() throws IOException {
        add("T", "UNIQ_KEY\1mine\2KEYS\1\2UNIQ_KEY\1batch\2\2UNIQ\1x\2UNIQ_KEYS\1y\2", 10);

        assertThat(find("T", "batch")).containsExactly(10L);
        assertThat(find("T", "mine")).isEmpty();
        assertThat(find("T", "x")).isEmpty();
        assertThat(find("T", "y")).isEmpty();
    }

    @Test
    void visitsARecordOnceThoughTwoOfItsKeysAreEqual() throws IOException {
        add("T", "UNIQ_KEY\1k\2KEYS\1k k\2", 10);
        keys.seal(20);
        keys.writeSealed();

        assertThat(find("T", "k")).containsExactly(10L);
    }

    @Test
    void visitsNewestFirstAndStopsWhenToldTo() throws IOException {
        for (int i = 0; i < 10; i++) {
            add("T", "KEYS\1k\2", i * 100L);
            if (i % 3 == 2) {
                keys.seal(i * 100L + 1);
                keys.writeSealed();
            }
        }
        List<Long> found = new ArrayList<>();
        keys.find(query("T", "k", 0, Long.MAX_VALUE), position -> {
            found.add(position);
            return found.size() < 5;
        });

        assertThat(found).containsExactly(900L, 800L, 700L, 600L, 500L);
    }

    @Test
    void failsASearchThatTheStoresEndOvertakes() throws IOException {
        add("T", "KEYS\1k\2", 10);
        keys.seal(20);
        keys.writeSealed();
        keys.close();

        assertThatThrownBy(() -> find("T", "k"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the store was closed");
    }

    @Test
    void aSealWhileAnotherIndexIsBuiltAnewMovesNothing() throws IOException {
        for (int i = 0; i < 3; i++) {
            add("T", "KEYS\1k\2", i * 100L);
            keys.seal(i * 100L + 100);
            keys.writeSealed();
        }
        keys.close();
        open(0, 300);
        keys.seal(150);
        add("T", "KEYS\1k\2", 300);
        keys.seal(400);
        keys.writeSealed();
        keys.close();
        open(0, 400);

        assertThat(find("T", "k")).containsExactly(300L, 200L, 100L, 0L);
    }

    @Test
    void searchesTheTimeRangeToTheSecond() throws IOException {
        for (int i = 0; i < 10; i++) {
            add("T", "KEYS\1k\2", i);
        }
        keys.seal(10);
        keys.writeSealed();

        assertThat(find(query("T", "k", FIRST_MS + 3_500, FIRST_MS + 5_200))).containsExactly(5L, 4L, 3L);
        assertThat(find(query("T", "k", FIRST_MS + 20_000, Long.MAX_VALUE))).isEmpty();
        assertThat(find(query("T", "k", Long.MIN_VALUE, FIRST_MS - 1))).isEmpty();
    }

    @Test
    void tellsHashesApartThatAreSortedTogether() throws IOException {
        Path file = RunFooter.path(directory, 1);
        long hash = 0x1234_5678_9ABC_DEF0L;
        try (PageWriter target = new PageWriter(new SystemDisk(), file)) {
            KeyRunWriter run = new KeyRunWriter(target);
            for (int i = 0; i < 1000; i++) {
                run.add(KeyEntry.first(hash + (i % 2 << 16), i), KeyEntry.second(i, 5));
            }
            run.end(0, 1000);
            target.finish();
        }
        KeyRun run = KeyRun.open(new SystemDisk(), directory, 1);
        List<Long> found = new ArrayList<>();
        run.find(hash + (1 << 16), 0, 9, (position, seconds) -> found.add(position));
        run.retire(true);

        assertThat(found).hasSize(500).allMatch(position -> position % 2 == 1);
        assertThat(found.get(0)).isEqualTo(999);
    }

    @Test
    void visitsTheRecordsOfBothKeysWhoseHashesAreEqual() throws IOException {
        add("TopicA", "KEYS\1" + COLLIDING_KEY + "\2", 10);
        add("TopicA", "KEYS\1" + OTHER_COLLIDING_KEY + "\2", 20);

        assertThat(find("TopicA", COLLIDING_KEY)).containsExactly(20L, 10L);
        assertThat(find("TopicA", OTHER_COLLIDING_KEY)).containsExactly(20L, 10L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithANaiveMap(long seed) throws IOException {
        Random random = Dice.of(seed);
        Map<String, List<Long>> model = new HashMap<>();
        Map<Long, String> log = new TreeMap<>();
        long end = 0;
        long min = 0;
        for (int step = 0; step < 400; step++) {
            int choice = random.nextInt(100);
            if (choice < 50) {
                for (int i = 1 + random.nextInt(20); i > 0; i--) {
                    String key = "k" + random.nextInt(random.nextInt(4) == 0 ? 3 : 500);
                    log.put(end, key);
                    add("T", "KEYS\1" + key + "\2", end);
                    model.computeIfAbsent(key, k -> new ArrayList<>()).add(0, end);
                    end += 100;
                }
            } else if (choice < 70) {
                keys.seal(end);
            } else if (choice < 85) {
                keys.writeSealed();
            } else if (choice < 92) {
                keys.merge();
            } else if (choice < 95 && keys.indexedEnd() > min) {
                min += random.nextLong(keys.indexedEnd() - min);
                keys.trim(min);
            } else {
                keys.close();
                open(min, end);
                for (Map.Entry<Long, String> each : log.entrySet()) {
                    if (each.getKey() >= min) {
                        add("T", "KEYS\1" + each.getValue() + "\2", each.getKey());
                    }
                }
            }
            String key = "k" + random.nextInt(500);
            long beginning = min;
            List<Long> expected = model.getOrDefault(key, List.of()).stream()
                    .filter(position -> position >= beginning)
                    .toList();
            assertThat(find("T", key)).as("seed %d step %d %s", seed, step, key).isEqualTo(expected);
        }
        assertThat(keys.damage()).isEmpty();
    }

    private void open(long min, long end) throws IOException {
        keys = KeyIndex.open(new SystemDisk(), directory.resolve("keys"), min, end, 1 << 20);
    }

    private void add(String topic, String properties, long position) {
        byte[] bytes = ("..." + properties).getBytes(StandardCharsets.UTF_8);
        keys.add(
                queues.queue(topic, 0),
                new IndexedProperties().over(ByteBuffer.wrap(bytes), 3, bytes.length - 3),
                position,
                FIRST_MS + position * 1000);
    }

    private List<Long> find(String topic, String key) throws IOException {
        return find(query(topic, key, 0, Long.MAX_VALUE));
    }

    private List<Long> find(KeyQuery query) throws IOException {
        List<Long> found = new ArrayList<>();
        keys.find(query, found::add);
        return found;
    }

    private static KeyQuery query(String topic, String key, long beginMs, long endMs) {
        return new KeyQuery(topic, key, 1000, beginMs, endMs);
    }
}
