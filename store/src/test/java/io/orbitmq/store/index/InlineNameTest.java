package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InlineNameTest {

    private static final String LONG_NAME = "a-name-of-a-topic-that-does-not-fit-inside";

    @Test
    void namesOfAnyLengthAreWrittenAsTheyAre() {
        for (int length = 0; length <= LONG_NAME.length(); length++) {
            String name = LONG_NAME.substring(0, length);
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            IndexedQueue queue = new IndexedQueue(new IndexedTopic(name, 1), 3, 0, 1);
            ByteBuffer target = ByteBuffer.allocate(5 + length + IndexedQueue.MOST_SPOILT);
            target.position(5);

            queue.writeTo(target);

            assertThat(target.position()).isEqualTo(5 + length);
            assertThat(Arrays.copyOfRange(target.array(), 5, 5 + length)).isEqualTo(utf8);
            assertThat(Arrays.copyOfRange(target.array(), 0, 5)).containsOnly(0);
            assertThat(queue.topicLength()).isEqualTo(length);
            assertThat(queue.topicUtf8()).isEqualTo(utf8);
        }
    }

    @Test
    void keysStartFromTheHashOfTheNameWhereverItLies() {
        for (int length = 0; length <= LONG_NAME.length(); length++) {
            String name = LONG_NAME.substring(0, length);
            IndexedQueue queue = new IndexedQueue(new IndexedTopic(name, 1), 3, 0, 1);

            assertThat(queue.keySeed()).isEqualTo(KeyHash.seed(name.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void aNameIsMeasuredInBytes() {
        String name = "\u00e4".repeat(17);
        IndexedQueue queue = new IndexedQueue(new IndexedTopic(name, 1), 0, 0, 1);
        ByteBuffer target = ByteBuffer.allocate(64);

        queue.writeTo(target);

        assertThat(target.position()).isEqualTo(34);
        assertThat(new String(target.array(), 0, 34, StandardCharsets.UTF_8)).isEqualTo(name);
    }
}
