package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.testkit.Dice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IndexedPropertiesTest {

    private static final IndexedQueue QUEUE = new IndexedQueue(new IndexedTopic("T", 1), 0, 0, 1);

    private final IndexedProperties properties = new IndexedProperties();

    @Test
    void findsWhatAFullParseFindsInAnyBytes() {
        String[] pieces = {
            "TAGS", "KEYS", "UNIQ_KEY", "UNIQ_KEYS", "KEY", "TAGSX", "\1", "\2", " ", "a", "bc", "\u00fc", "d e"
        };
        for (long seed = 0; seed < 20_000; seed++) {
            Random chance = Dice.of(seed);
            StringBuilder text = new StringBuilder();
            for (int i = chance.nextInt(16); i > 0; i--) {
                text.append(pieces[chance.nextInt(pieces.length)]);
            }
            check(text.toString(), chance.nextInt(9), seed);
        }
    }

    @Test
    void readsNothingBehindTheProperties() {
        byte[] bytes = "UNIQ_KEY\1one\2KEYS\1two\2TAGS\1three\2".getBytes(StandardCharsets.US_ASCII);
        for (int length = 0; length <= bytes.length; length++) {
            ByteBuffer exact = ByteBuffer.wrap(Arrays.copyOf(bytes, length));
            assertThat(keys(exact, 0, length)).isEqualTo(keys(ByteBuffer.wrap(bytes), 0, length));
        }
    }

    @Test
    void findsInAStampedRecordWhatAFullLookFinds() {
        String[] pieces = {"TAGS\1", "KEYS\1", "UNIQ_KEY\1", "UNIQ_KEY\1a\2", "KEYS\1b c\2", "a", "\1", "\2", " "};
        byte[] stamp = {};
        IndexedProperties stamped = new IndexedProperties();
        for (long seed = 0; seed < 20_000; seed++) {
            Random chance = Dice.of(seed);
            // a stamp is met several times, in records of other lengths
            stamp = seed % 3 == 0 ? closed(text(pieces, chance)) : stamp;
            byte[] own = closed(text(pieces, chance));
            int before = chance.nextInt(9);
            int length = own.length + stamp.length + MessageRecord.CHECKSUM_BYTES;
            ByteBuffer record = ByteBuffer.allocate(before + length)
                    .position(before)
                    .put(own)
                    .put(stamp)
                    .put("__CRC32#\u00011234567890\2".getBytes(StandardCharsets.US_ASCII));

            properties.over(record, before, length);
            stamped.over(record, before, length, stamp);

            assertThat(stamped.tagsCode()).as("seed %d", seed).isEqualTo(properties.tagsCode());
            assertThat(keys(stamped)).as("seed %d", seed).isEqualTo(keys(properties));
        }
    }

    @Test
    void hashesAStampedKeyForEachTopic() {
        byte[] stamp = "UNIQ_KEY\1one\2".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer record = ByteBuffer.allocate(stamp.length + MessageRecord.CHECKSUM_BYTES)
                .put(stamp)
                .put("__CRC32#\u00011234567890\2".getBytes(StandardCharsets.US_ASCII));
        for (String topic : List.of("T", "U", "T")) {
            IndexedQueue ofTopic = new IndexedQueue(new IndexedTopic(topic, 1), 0, 0, 1);
            properties.over(record, 0, record.capacity(), stamp);

            assertThat(properties.nextKey()).isTrue();
            assertThat(properties.keyHash(ofTopic)).isEqualTo(KeyHash.hash(ofTopic.keySeed(), record, 9, 12));
        }
    }

    private static String text(String[] pieces, Random chance) {
        StringBuilder text = new StringBuilder();
        for (int i = chance.nextInt(8); i > 0; i--) {
            text.append(pieces[chance.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static byte[] closed(String text) {
        return (text.isEmpty() || text.endsWith("\2") ? text : text + "\2").getBytes(StandardCharsets.UTF_8);
    }

    private void check(String text, int before, long seed) {
        MessageProperties parsed = MessageProperties.parse(text);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = ByteBuffer.allocate(before + utf8.length + (int) (seed % 20));
        record.put(before, utf8);
        List<Long> expected = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(parsed.get("UNIQ_KEY")));
        names.addAll(List.of(parsed.get("KEYS").split(" ")));
        for (String name : names) {
            if (!name.isEmpty()) {
                byte[] key = name.getBytes(StandardCharsets.UTF_8);
                expected.add(KeyHash.hash(QUEUE.keySeed(), ByteBuffer.wrap(key), 0, key.length));
            }
        }
        assertThat(keys(record, before, utf8.length)).as("seed %d", seed).isEqualTo(expected);
        assertThat(properties.tagsCode())
                .as("seed %d", seed)
                .isEqualTo(parsed.get("TAGS").hashCode());
    }

    private List<Long> keys(ByteBuffer record, int position, int length) {
        return keys(properties.over(record, position, length));
    }

    private static List<Long> keys(IndexedProperties properties) {
        List<Long> hashes = new ArrayList<>();
        while (properties.nextKey()) {
            hashes.add(properties.keyHash(QUEUE));
        }
        return hashes;
    }
}
