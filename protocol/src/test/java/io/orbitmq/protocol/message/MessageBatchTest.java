package io.orbitmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.protocol.frame.MalformedBodyException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageBatchTest {

    @Test
    void readsAnItemAsCaptured() {
        byte[] head = HexFormat.of()
                .parseHex("0000001c" + "00000000" + "00000000" + "00000002" + "00000002" + "6230" + "0004");
        ByteBuffer batch = ByteBuffer.allocate(28)
                .put(head)
                .put("k\u0001v\u0002".getBytes(StandardCharsets.UTF_8))
                .flip();

        List<MessageBatch.Item> items = MessageBatch.of(batch).items();

        assertThat(items).hasSize(1);
        assertThat(items.get(0).flag()).isEqualTo(2);
        assertThat(StandardCharsets.UTF_8.decode(items.get(0).body()).toString())
                .isEqualTo("b0");
        assertThat(StandardCharsets.UTF_8.decode(items.get(0).properties()).toString())
                .isEqualTo("k\u0001v\u0002");
        assertThat(batch.position()).isZero();
    }

    @Test
    void whatIsEncodedIsDecoded() {
        List<MessageBatch.Item> items = List.of(item(1, "", ""), item(-2, "body", "a\u0001b\u0002"), item(0, "x", ""));
        assertThat(MessageBatch.of(MessageBatch.encode(items)).items()).isEqualTo(items);
        assertThat(MessageBatch.of(ByteBuffer.allocate(0)).items()).isEmpty();
    }

    @Test
    void brokenBatchesAreMalformedAndNothingElse() {
        long seed = 5;
        Random random = new Random(seed);
        byte[] good = MessageBatch.encode(List.of(item(1, "body", "a\u0001b"), item(2, "", "")))
                .array();
        for (int i = 0; i < 10_000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 30));
            for (int n = random.nextInt(4); n > 0 && bad.length > 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(MessageBatch.of(ByteBuffer.wrap(bad)).items())
                        .as("seed %d", seed)
                        .isNotNull();
            } catch (MalformedBodyException e) {
                assertThat(e.getMessage()).contains("item");
            }
        }
        assertThatThrownBy(() -> MessageBatch.of(ByteBuffer.allocate(22))).isInstanceOf(MalformedBodyException.class);
    }

    private static MessageBatch.Item item(int flag, String body, String properties) {
        return new MessageBatch.Item(
                flag, StandardCharsets.UTF_8.encode(body), StandardCharsets.UTF_8.encode(properties));
    }
}
