package io.orbitmq.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that write themselves must be the same on the wire and to the eye as a list of them. */
class WrittenFieldsTest {

    private static final FieldName NUMBER = FieldName.of("number");
    private static final FieldName FLAG = FieldName.of("flag");
    private static final FieldName TEXT = FieldName.of("text");
    private static final FieldName OWN = FieldName.of("own");

    @ParameterizedTest
    @EnumSource
    void writtenFieldsMakeTheSameBytesAsAList(SerializeType type) {
        assertThat(bytes(written("a \"quoted\" \u0001 \u00e4 text", 47), type))
                .isEqualTo(bytes(listed("a \"quoted\" \u0001 \u00e4 text", 47), type));
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyTextIsLeftOut(SerializeType type) {
        assertThat(bytes(written("", 0), type)).isEqualTo(bytes(listed("", 0), type));
        assertThat(written("", 0).has("text")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void bytesAreWrittenAsTheTextTheySpell(SerializeType type) {
        for (char special : "a\u0001\u001f \"\\\u007f\u0080\u00e4\u20ac".toCharArray()) {
            for (int length = 0; length < 20; length++) {
                for (int at = 0; at <= length; at++) {
                    String text = "t".repeat(at) + special + "T".repeat(length - at);
                    byte[] utf8 = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
                    Fields fields = Fields.written(sink -> {
                        sink.utf8(TEXT, utf8, 1, utf8.length - 1);
                        sink.utf8(OWN, utf8, 1, 1);
                    });
                    assertThat(bytes(fields, type)).isEqualTo(bytes(Fields.of("text", text), type));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void constantFieldsMakeTheSameBytesWhereverTheyStand(SerializeType type) {
        ConstantFields constant = ConstantFields.of("region", "a \"region\"", "trace", "true");
        Fields inside = Fields.written(sink -> {
            sink.number(NUMBER, 1);
            sink.constant(constant);
            sink.flag(FLAG, true);
        });
        Fields first = Fields.written(sink -> {
            sink.constant(constant);
            sink.flag(FLAG, true);
        });

        assertThat(bytes(inside, type))
                .isEqualTo(bytes(
                        Fields.of("number", "1", "region", "a \"region\"", "trace", "true", "flag", "true"), type));
        assertThat(bytes(first, type))
                .isEqualTo(bytes(Fields.of("region", "a \"region\"", "trace", "true", "flag", "true"), type));
        assertThat(first).isEqualTo(Fields.of("region", "a \"region\"", "trace", "true", "flag", "true"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, -1, 1_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE / 10 + 1})
    void numbersAreWrittenInFull(long number) {
        assertThat(written("t", number)).isEqualTo(listed("t", number));
        assertThat(decoded(written("t", number)).longOr("number", 7)).isEqualTo(number);
        assertThat(decoded(written("t", number)).requiredLong("number")).isEqualTo(number);
    }

    private static Fields written(String text, long number) {
        return Fields.written(sink -> {
            sink.number(NUMBER, number);
            sink.flag(FLAG, true);
            sink.text(TEXT, text);
            ByteSink own = sink.open(OWN);
            own.writeHex(0x0123_4567_89AB_CDEFL);
            own.writeAscii("-ascii-");
            own.writeUtf8("\u00e4");
            sink.close();
        });
    }

    private static Fields listed(String text, long number) {
        return Fields.of(
                "number", Long.toString(number), "flag", "true", "text", text, "own", "0123456789ABCDEF-ascii-\u00e4");
    }

    private static byte[] bytes(Fields fields, SerializeType type) {
        ByteSink out = new ByteSink(8);
        Frames.encodeHead(Command.request(1, fields), 0, type, out);
        return out.toByteArray();
    }

    private static Fields decoded(Fields fields) {
        byte[] frame = bytes(fields, SerializeType.JSON);
        byte[] header = Arrays.copyOfRange(frame, Frames.PREFIX_BYTES, frame.length);
        return new HeaderDecoder().decode(0, header, ByteBuffer.allocate(0)).fields();
    }
}
