package io.orbitmq.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);

    @Test
    void readsTheRouteRequestOfA49Client() {
        Command command = json("{\"code\":105,\"extFields\":{\"topic\":\"tt\"},\"flag\":0,\"language\":\"JAVA\","
                + "\"opaque\":0,\"serializeTypeCurrentRPC\":\"JSON\",\"version\":409}");

        assertThat(command.code()).isEqualTo(105);
        assertThat(command.version()).isEqualTo(409);
        assertThat(command.language()).isEqualTo(Language.JAVA);
        assertThat(command.fields()).isEqualTo(Fields.of("topic", "tt"));
        assertThat(command.isResponse()).isFalse();
    }

    @Test
    void readsAndWritesTheCapturedSendHeaderByteForByte() {
        String header = "{\"code\":310,\"extFields\":{\"a\":\"PG_T1\",\"b\":\"TopicA\",\"c\":\"TBW102\",\"d\":\"4\","
                + "\"e\":\"1\",\"f\":\"0\",\"g\":\"1795225017881\",\"h\":\"7\",\"i\":\"a\\u00015\\u0002KEYS\\u0001key1"
                + " key2\\u0002WAIT\\u0001true\\u0002TAGS\\u0001TagA\\u0002\",\"j\":\"0\",\"k\":\"false\","
                + "\"m\":\"false\",\"n\":\"broker-a\"},\"flag\":0,\"language\":\"JAVA\",\"opaque\":4,"
                + "\"serializeTypeCurrentRPC\":\"JSON\",\"version\":479}";

        Command command = json(header);

        assertThat(command.fields().text("i"))
                .isEqualTo("a\u00015\u0002KEYS\u0001key1 key2\u0002WAIT\u0001true\u0002TAGS\u0001TagA\u0002");
        ByteSink out = new ByteSink(16);
        Frames.encodeHead(command, 5, SerializeType.JSON, out);
        ByteBuffer head = ByteBuffer.wrap(out.toByteArray());
        assertThat(head.getInt()).isEqualTo(4 + header.length() + 5);
        assertThat(head.getInt()).isEqualTo(header.length());
        assertThat(StandardCharsets.UTF_8.decode(head).toString()).isEqualTo(header);
    }

    @Test
    void readsWhatOfficialServersTolerate() {
        Command command = json("{code:'106',opaque:7,\"extra\":{\"x\":[1,{\"y\":null}]},\"language\":3,"
                + "\"extFields\":{\"topic\":123,\"flag\":true,\"none\":null,\"deep\":{\"a\":1}},\"remark\":null}");

        assertThat(command.code()).isEqualTo(106);
        assertThat(command.opaque()).isEqualTo(7);
        assertThat(command.language()).isEqualTo(Language.OTHER);
        assertThat(command.fields()).isEqualTo(Fields.of("topic", "123", "flag", "true"));
    }

    @Test
    void readsTheMinimalHeaders() {
        assertThat(json("{}").code()).isZero();
        Command response = json("{\"code\":0,\"flag\":1,\"opaque\":-9}");
        assertThat(response.isResponse()).isTrue();
        assertThat(response.opaque()).isEqualTo(-9);
    }

    @Test
    void lastOfTwoEqualFieldNamesWinsInBothSerializations() {
        assertThat(json("{\"extFields\":{\"a\":\"1\",\"zz\":\"1\",\"a\":\"2\",\"zz\":\"3\"}}")
                        .fields())
                .isEqualTo(Fields.of("a", "2", "zz", "3"));
        byte[] twice = HexFormat.of()
                .parseHex("0136" + "00" + "01df" + "00000001" + "00000000" + "00000000" + "00000010" + "0001" + "61"
                        + "00000001" + "31" + "0001" + "61" + "00000001" + "32");
        assertThat(Frames.decode(1 << 24, twice, 0, twice.length, NO_BODY).fields())
                .isEqualTo(Fields.of("a", "2"));
    }

    @Test
    void readsAndWritesTheCapturedBinaryRouteRequest() {
        byte[] frame = HexFormat.of()
                .parseHex("00000028010000240069" + "0001df01020304" + "0000000000000000" + "0000000f" + "0005"
                        + "746f706963" + "00000004" + "6e6f7065");
        ByteBuffer bytes = ByteBuffer.wrap(frame);

        int length = bytes.getInt();
        Frames.checkLength(length);
        int word = bytes.getInt();
        Frames.checkHeaderWord(word, length);
        Command command = Frames.decode(word, frame, 8, Frames.headerLength(word), NO_BODY);

        assertThat(command.code()).isEqualTo(105);
        assertThat(command.opaque()).isEqualTo(0x01020304);
        assertThat(command.version()).isEqualTo(479);
        assertThat(command.fields()).isEqualTo(Fields.of("topic", "nope"));
        ByteSink out = new ByteSink(8);
        Frames.encodeHead(command, 0, SerializeType.ROCKETMQ, out);
        assertThat(out.toByteArray()).isEqualTo(frame);
    }

    @ParameterizedTest
    @ValueSource(ints = {200050, 200051, 200052, 200053, 200054, 200055, 200056, 200151})
    void popCodesSurviveTheBinaryHeader(int code) {
        assertThat(roundTrip(Command.request(code, Fields.NONE), SerializeType.ROCKETMQ)
                        .code())
                .isEqualTo(code);
    }

    @Test
    void aBinaryResponseCodeIsNotTakenForAPopCode() {
        Command response = Command.response(Command.request(1, Fields.NONE), 3442, Fields.NONE);
        assertThat(roundTrip(response, SerializeType.ROCKETMQ).code()).isEqualTo(3442);
    }

    @ParameterizedTest
    @EnumSource(SerializeType.class)
    void anyTextSurvives(SerializeType type) {
        String text = "a\"b\\c/d\b\f\n\r\t\u0000\u0001\u001f\u007fäé漢字😀 </script>";
        Command command = new Command(1, Language.GO, 479, Integer.MIN_VALUE, 1, text, Fields.of(text, text), NO_BODY);

        assertThat(roundTrip(command, type)).isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 16777213, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void refusesImpossibleLengths(int length) {
        assertThatThrownBy(() -> Frames.checkLength(length))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining(String.valueOf(length));
    }

    @Test
    void acceptsTheSmallestAndTheLargestLength() {
        Frames.checkLength(4);
        Frames.checkLength(16777212);
    }

    @Test
    void refusesHeadersThatDoNotFitAndUnknownTypes() {
        assertThatThrownBy(() -> Frames.checkHeaderWord(21, 24)).isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(() -> Frames.checkHeaderWord(2 << 24, 24))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("found 2");
        assertThatThrownBy(() -> Frames.checkHeaderWord(0xFF << 24, 24)).isInstanceOf(MalformedFrameException.class);
        assertThatCode(() -> Frames.checkHeaderWord(1 << 24 | 20, 24)).doesNotThrowAnyException();
        assertThat(Frames.headerLength(1 << 24 | 20)).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "[1]",
                "x",
                "{",
                "{\"code\":}",
                "{\"code\":1",
                "{\"code\":1}}",
                "{\"code\":1} 2",
                "null",
                "{\"code\":99999999999}",
                "{\"code\":\"x\"}",
                "{\"code\":1.5}",
                "{\"code\":true}",
                "{\"extFields\":7}",
                "{\"extFields\":{\"a\":\"b\"}",
                "{\"extFields\":{\"a\":\"\\u00\"}}",
                "{\"extFields\":{\"a\":\"\\q\"}}",
                "\"text\""
            })
    void refusesHeadersThatAreNotAnObjectOfHeaderFields(String header) {
        assertThatThrownBy(() -> json(header)).isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void refusesDeepNestingAndTooManyFields() {
        assertThatThrownBy(() -> json("{\"x\":" + "[".repeat(100_000))).isInstanceOf(MalformedFrameException.class);
        StringBuilder many = new StringBuilder("{\"extFields\":{\"x\":\"y\"");
        for (int i = 0; i < 2000; i++) {
            many.append(",\"n").append(i).append("\":\"v\"");
        }
        assertThatThrownBy(() -> json(many + "}}"))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("1024");
    }

    @Test
    void refusesToWriteAFrameOverTheLimitAndLeavesTheSinkAsItWas() {
        ByteSink out = new ByteSink(16);
        out.writeByte(1);
        Command command = Command.request(1, Fields.NONE);
        assertThatThrownBy(() -> Frames.encodeHead(command, Frames.MAX_FRAME_BYTES, SerializeType.JSON, out))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(out.size()).isOne();
    }

    @Test
    void anEmptyFieldsObjectIsWritten() {
        ByteSink out = new ByteSink(16);
        Frames.encodeHead(
                Command.response(Command.request(1, Fields.NONE), 0, Fields.NONE), 0, SerializeType.JSON, out);
        assertThat(new String(out.array(), 8, out.size() - 8, StandardCharsets.UTF_8))
                .isEqualTo("{\"code\":0,\"extFields\":{},\"flag\":1,\"language\":\"JAVA\",\"opaque\":0,"
                        + "\"serializeTypeCurrentRPC\":\"JSON\",\"version\":479}");
    }

    private static Command json(String header) {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        return Frames.decode(0, bytes, 0, bytes.length, NO_BODY);
    }

    private static Command roundTrip(Command command, SerializeType type) {
        ByteSink out = new ByteSink(1);
        Frames.encodeHead(command, 0, type, out);
        ByteBuffer head = ByteBuffer.wrap(out.toByteArray());
        int length = head.getInt();
        int word = head.getInt();
        Frames.checkHeaderWord(word, length);
        return Frames.decode(word, head.array(), 8, Frames.headerLength(word), NO_BODY);
    }
}
