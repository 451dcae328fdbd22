package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.message.MessageProperties;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IndexedPropertiesTest {

    private static final long SEED = 7;

    private final IndexedProperties properties = new IndexedProperties();

    @Test
    void findsWhatAFullParseFindsInAnyBytes() {
        String[] pieces = {
            "TAGS", "KEYS", "UNIQ_KEY", "UNIQ_KEYS", "KEY", "TAGSX", "\1", "\2", " ", "a", "bc", "\u00fc", "d e"
        };
        for (long seed = 0; seed < 20_000; seed++) {
            Random chance = new Random(seed);
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
                expected.add(KeyHash.hash(SEED, ByteBuffer.wrap(key), 0, key.length));
            }
        }
        assertThat(keys(record, before, utf8.length)).as("seed %d", seed).isEqualTo(expected);
        assertThat(properties.tagsCode())
                .as("seed %d", seed)
                .isEqualTo(parsed.get("TAGS").hashCode());
    }

    private List<Long> keys(ByteBuffer record, int position, int length) {
        List<Long> hashes = new ArrayList<>();
        properties.over(record, position, length);
        while (properties.nextKey()) {
            hashes.add(properties.keyHash(SEED));
        }
        return hashes;
    }
}
