package io.orbitmq.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.protocol.frame.MalformedBodyException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static final List<String> PIECES = List.of(
            "{",
            "{",
            "}",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\"a\"",
            "'b'",
            "0",
            "-1",
            "c",
            "null",
            "true",
            "\\",
            " ",
            "{\"queueId\":0}:",
            "ä",
            "\u0000");

    @Test
    void readsNumericNamesWithAndWithoutQuotes() {
        assertThat(Json.read("{0:\"a\",-1:\"b\"}")).isEqualTo(Json.read("{\"0\":\"a\",\"-1\":\"b\"}"));
    }

    @Test
    void readsObjectsAsNames() {
        JsonNode object =
                Json.read("{\"offsetTable\":{{\"brokerName\":\"b\",\"queueId\":1,\"topic\":\"T}{\"}:{\"x\":[{}]},"
                        + " { \"queueId\":2 }:0},\"y\":[{\"z\":{{\"k\":1}:2}}]}");
        JsonNode text = Json.read("{\"offsetTable\":{\"{\\\"brokerName\\\":\\\"b\\\",\\\"queueId\\\":1,\\\"topic\\\":"
                + "\\\"T}{\\\"}\":{\"x\":[{}]},\"{ \\\"queueId\\\":2 }\":0},\"y\":[{\"z\":{\"{\\\"k\\\":1}\":2}}]}");
        assertThat(object).isEqualTo(text);
    }

    @Test
    void readsNothingAsAnEmptyObject() {
        assertThat(Json.readObject(ByteBuffer.allocate(0)).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "{", "{]", "{}{}", "{\"a\":1", "{{", "{{{", "{{}", "x", "[1,"})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(MalformedBodyException.class);
    }

    @Test
    void refusesDeepNesting() {
        assertThatThrownBy(() -> Json.read("[".repeat(200_000))).isInstanceOf(MalformedBodyException.class);
        assertThatThrownBy(() -> Json.read("{{}:".repeat(200_000))).isInstanceOf(MalformedBodyException.class);
        assertThatThrownBy(() -> Json.readObject(StandardCharsets.UTF_8.encode("[]")))
                .isInstanceOf(MalformedBodyException.class);
    }

    @Test
    void writesStandardJsonOrBareNumericNames() {
        JsonNode node = Json.read("{a:{0:'x\"\\u0001',b1:[1,2.5,true,null,{},[]]}}");
        assertThat(Json.text(node)).isEqualTo("{\"a\":{\"0\":\"x\\\"\\u0001\",\"b1\":[1,2.5,true,null,{},[]]}}");
        assertThat(new String(Json.writeWithBareNumericNames(node), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":{0:\"x\\\"\\u0001\",\"b1\":[1,2.5,true,null,{},[]]}}");
    }

    @RepeatedTest(10)
    void anyTextIsReadOrMalformed(RepetitionInfo repetition) {
        long seed = 300 + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(25); n > 0; n--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            try {
                JsonNode node = Json.read(text.toString());
                assertThat(Json.read(Json.write(node)))
                        .as("seed %d %s", seed, text)
                        .isEqualTo(node);
            } catch (MalformedBodyException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
