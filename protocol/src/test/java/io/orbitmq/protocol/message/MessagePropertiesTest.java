package io.orbitmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessagePropertiesTest {

    @Test
    void parsesTolerantly() {
        MessageProperties properties = MessageProperties.parse(
                "a\u00011\u0002\u0002B\u0001\u0002\u0001x\u0002junk\u0002c\u0001v\u0001w\u0002d\u0001e");
        assertThat(properties.asMap())
                .containsExactly(Map.entry("a", "1"), Map.entry("c", "v\u0001w"), Map.entry("d", "e"));
    }

    @Test
    void lastOfEqualNamesWins() {
        String twice = "UNIQ_KEY\u0001item\u0002UNIQ_KEY\u0001batch\u0002";
        assertThat(MessageProperties.parse(twice).get("UNIQ_KEY")).isEqualTo("batch");
        assertThat(find(twice, "UNIQ_KEY")).isEqualTo("batch");
    }

    @Test
    void encodesWhatItParsed() {
        String text = "KEYS\u0001k1 k2\u0002TAGS\u0001ä漢\u0002";
        assertThat(MessageProperties.parse(text).encode()).isEqualTo(text);
        assertThat(MessageProperties.parse(text).put("TAGS", "").put("n", "1").encode())
                .isEqualTo("KEYS\u0001k1 k2\u0002n\u00011\u0002");
    }

    @Test
    void lookingUpOneNameFindsWhatParsingFinds() {
        long seed = 99;
        Random random = new Random(seed);
        String alphabet = "ab\u0001\u0002ä";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            MessageProperties parsed = MessageProperties.parse(text.toString());
            for (String name : new String[] {"a", "b", "ab", "ba"}) {
                assertThat(find(text.toString(), name)).as("seed %d", seed).isEqualTo(parsed.get(name));
            }
        }
    }

    @Test
    void tagHashIsTheJavaStringHash() {
        assertThat(TagHash.of("TagA")).isEqualTo(2598919);
        for (String tag : new String[] {"", "TagA", "TagB", "漢字ä", "😀"}) {
            byte[] bytes = tag.getBytes(StandardCharsets.UTF_8);
            assertThat(TagHash.ofUtf8(ByteBuffer.wrap(bytes), 0, bytes.length)).isEqualTo(tag.hashCode());
        }
    }

    private static String find(String text, String name) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 1);
        direct.put(1, bytes);
        return MessageProperties.find(direct, 1, bytes.length, name);
    }
}
