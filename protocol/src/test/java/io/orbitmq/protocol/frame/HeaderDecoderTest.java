package io.orbitmq.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A decoder that has seen headers before must understand the next one exactly as one that has seen none. */
class HeaderDecoderTest {

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);
    private static final List<String> BYTES_THAT_MATTER = List.of("0", "9", "\"", "\\", "u", ",", "}", "-", "\u0001");

    private final HeaderDecoder decoder = new HeaderDecoder();

    @RepeatedTest(20)
    void changedHeadersOfAKnownShapeDecodeAsIfAlone(RepetitionInfo repetition) {
        long seed = 4000 + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            SerializeType type = SerializeType.values()[random.nextInt(2)];
            byte[] header = header(send(random.nextInt(8), random.nextInt(), random.nextLong(100)), type);
            agree(type, header, "seed " + seed + " round " + i);
            for (int change = 0; change < 20; change++) {
                agree(type, changed(header, random), "seed " + seed + " round " + i + " change " + change);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSendLikeTheOneBeforeDiffersWhereItSaysSo(SerializeType type) {
        for (int i = 0; i < 100; i++) {
            Command sent = send(i % 8, 1_000_000_000 + i, 1000 + i);

            assertThat(decode(type, header(sent, type))).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotChangeIsTheSameText(SerializeType type) {
        Command first = decode(type, header(send(1, 1_000_000_001, 1001), type));
        String topic = first.fields().text("b");

        Command second = decode(type, header(send(2, 1_000_000_002, 1002), type));

        assertThat(second.fields().text("b")).isSameAs(topic);
        assertThat(second.fields().intOr("e", -1)).isEqualTo(2);
        assertThat(second.fields().utf8("i"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(second.fields().text("i"));
    }

    @ParameterizedTest
    @EnumSource
    void headersOfOneLengthThatDivideItDifferently(SerializeType type) {
        for (int i = 0; i < 200; i++) {
            int topicBytes = 1 + i % 7;
            Command sent = named("t".repeat(topicBytes), "g".repeat(8 - topicBytes), i);

            assertThat(decode(type, header(sent, type))).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesOfThousandsOfTopicsStayTheSameTexts(SerializeType type) {
        List<String> first = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            first.clear();
            for (int i = 0; i < 2000; i++) {
                Command sent = named("Topic" + i, "group", i);
                first.add(decode(type, header(sent, type)).fields().text("b"));
            }
        }
        int same = 0;
        for (int i = 0; i < 2000; i++) {
            String again = decode(type, header(named("Topic" + i, "group", i), type))
                    .fields()
                    .text("b");
            assertThat(again).isEqualTo("Topic" + i);
            same += again == first.get(i) ? 1 : 0;
        }
        assertThat(same).isGreaterThan(1500);
    }

    @ParameterizedTest
    @EnumSource
    void fieldsAreFoundInWhateverOrderTheyAreAskedFor(SerializeType type) {
        Random random = new Random(5);
        List<String> names = List.of("a", "b", "e", "g", "i", "x-own", "m", "absent", "A");
        for (int i = 0; i < 200; i++) {
            Command sent = send(i % 8, i, 1000 + i);
            Fields decoded = decode(type, header(sent, type)).fields();
            for (int look = 0; look < 20; look++) {
                String name = names.get(random.nextInt(names.size()));
                assertThat(decoded.text(name)).as(name).isEqualTo(sent.fields().text(name));
                assertThat(decoded.utf8(name))
                        .as(name)
                        .isEqualTo(sent.fields().text(name).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void digitsThatAreNoOpaqueAreToldAsAlways() {
        byte[] header = header(send(1, 1_000_000_001, 1001), SerializeType.JSON);
        decode(SerializeType.JSON, header);
        byte[] tooLarge = new String(header, StandardCharsets.US_ASCII)
                .replace(":1000000001", ":9999999999")
                .getBytes(StandardCharsets.US_ASCII);

        agree(SerializeType.JSON, tooLarge, "too large");
    }

    private void agree(SerializeType type, byte[] header, String which) {
        assertThat(outcome(decoder, type, header)).as(which).isEqualTo(outcome(new HeaderDecoder(), type, header));
    }

    private static Object outcome(HeaderDecoder decoder, SerializeType type, byte[] header) {
        try {
            return decoder.decode(type.ordinal() << 24, header.clone(), NO_BODY);
        } catch (MalformedFrameException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Command decode(SerializeType type, byte[] header) {
        return decoder.decode(type.ordinal() << 24, header, NO_BODY);
    }

    private static byte[] changed(byte[] header, Random random) {
        byte[] changed = header.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(changed.length);
            for (int run = random.nextInt(5); run >= 0 && at < changed.length; run--) {
                changed[at++] = random.nextBoolean()
                        ? (byte) BYTES_THAT_MATTER
                                .get(random.nextInt(BYTES_THAT_MATTER.size()))
                                .charAt(0)
                        : (byte) random.nextInt(128);
            }
        }
        return changed;
    }

    private static Command send(int queue, int opaque, long number) {
        return Command.request(
                        310,
                        Fields.builder()
                                .put("a", "producer")
                                .put("b", "Topic\"1\"")
                                .put("e", queue)
                                .put("g", 1_795_225_017_000L + number)
                                .put("i", "UNIQ_KEY\u00017F0000" + number + "\u0002TAGS\u0001t\u0002")
                                .put("x-own", "value")
                                .put("m", false)
                                .build())
                .withOpaque(opaque);
    }

    private static Command named(String topic, String group, int opaque) {
        return Command.request(310, Fields.of("a", group, "b", topic, "k", "false"))
                .withOpaque(1_000_000_000 + opaque);
    }

    private static byte[] header(Command command, SerializeType type) {
        ByteSink out = new ByteSink(64);
        Frames.encodeHead(command, 0, type, out);
        return Arrays.copyOfRange(out.array(), Frames.PREFIX_BYTES, out.size());
    }
}
