package io.orbitmq.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Seeded: a failure names the seed that reproduces it. */
class FrameFuzzTest {

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "\\",
            "\\u0001",
            "\\ud83d",
            "\"code\"",
            "\"extFields\":{",
            "flag",
            "\"opaque\":",
            "null",
            "true",
            "-",
            "1",
            "99999999999999999999",
            "1e9",
            " ",
            "\n",
            "'",
            "\"a\":\"b\"",
            "\"version\":",
            "\"language\":\"JAVA\"",
            "\"remark\":",
            "\u0000",
            "ä",
            "\uFEFF");

    @RepeatedTest(20)
    void arbitraryBytesEitherDecodeOrAreMalformed(RepetitionInfo repetition) {
        long seed = 1000 + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            decodeBoth(bytes, seed, i);
            decodeBoth(pieces(random), seed, i);
            decodeBoth(damaged(random), seed, i);
        }
    }

    @RepeatedTest(20)
    void scannerAndParserAgree(RepetitionInfo repetition) {
        long seed = 2000 + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Command command = command(random);
            ByteSink out = new ByteSink(64);
            Frames.encodeHead(command, 0, SerializeType.JSON, out);
            byte[] bytes = out.toByteArray();
            Command scanned = scanner().scan(bytes, 8, bytes.length - 8, NO_BODY);
            Command parsed = JsonHeaderReader.readUnusual(bytes, 8, bytes.length - 8, NO_BODY);
            assertThat(scanned).as("seed %d round %d", seed, i).isEqualTo(command);
            assertThat(parsed).as("seed %d round %d", seed, i).isEqualTo(command);
        }
    }

    @RepeatedTest(20)
    void whatTheScannerAcceptsTheParserReadsTheSame(RepetitionInfo repetition) {
        long seed = 3000 + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = damaged(random);
            Command scanned = scanner().scan(bytes, 0, bytes.length, NO_BODY);
            if (scanned != null
                    && StandardCharsets.US_ASCII.newEncoder().canEncode(new String(bytes, StandardCharsets.UTF_8))) {
                assertThat(JsonHeaderReader.readUnusual(bytes, 0, bytes.length, NO_BODY))
                        .as("seed %d round %d %s", seed, i, new String(bytes, StandardCharsets.UTF_8))
                        .isEqualTo(scanned);
            }
        }
    }

    private static JsonHeaderScanner scanner() {
        TextCache texts = new TextCache();
        return new JsonHeaderScanner(new RawFieldCollector(texts), texts);
    }

    private static void decodeBoth(byte[] bytes, long seed, int round) {
        for (int type = 0; type <= 1; type++) {
            try {
                assertThat(Frames.decode(type << 24, bytes, 0, bytes.length, NO_BODY))
                        .isNotNull();
            } catch (MalformedFrameException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + round + " type " + type, e);
            }
        }
    }

    private static byte[] pieces(RandomGenerator random) {
        StringBuilder text = new StringBuilder("{");
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] damaged(Random random) {
        ByteSink out = new ByteSink(64);
        Frames.encodeHead(command(random), 0, random.nextBoolean() ? SerializeType.JSON : SerializeType.ROCKETMQ, out);
        byte[] frame = out.toByteArray();
        byte[] header = new byte[frame.length - 8 - random.nextInt(3)];
        System.arraycopy(frame, 8, header, 0, header.length);
        for (int i = random.nextInt(3); i > 0; i--) {
            header[random.nextInt(header.length)] = (byte) random.nextInt(256);
        }
        return header;
    }

    private static Command command(Random random) {
        Fields.Builder fields = Fields.builder();
        for (int i = random.nextInt(20); i > 0; i--) {
            fields.put(random.nextBoolean() ? KnownNames.name(random.nextInt(40)) : text(random), text(random));
        }
        return new Command(
                random.nextInt(500),
                Language.ofCode(random.nextInt(13)),
                random.nextInt(600),
                random.nextInt(),
                random.nextInt(4),
                random.nextBoolean() ? "" : text(random),
                fields.build(),
                NO_BODY);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int point =
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(0x80);
                        case 1 -> 0x20 + random.nextInt(0x60);
                        case 2 -> random.nextInt(0xD800);
                        default -> 0x10000 + random.nextInt(0x10000);
                    };
            text.appendCodePoint(point);
        }
        return text.toString();
    }
}
