package io.orbitmq.compat.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Frames that are none, on the broker's and the name server's port. */
class MisuseTest {

    private static final byte[] NO_BODY = new byte[0];
    private static final int HALF_FRAMES = 300;
    private static final int FLOOD = 1_000;

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private final Random random = new Random(20_261_121);

    @AfterEach
    void theServerServesAsBefore() {
        Scenario scenario = SERVER.scenario(ClientVersion.V5_3_3);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "afterwards", 1);
        assertThat(producer.send(Outgoing.of(topic, "still here")).status()).isEqualTo("SEND_OK");
    }

    @Test
    void randomBytesHurtOnlyTheirOwnConnection() {
        for (String address : addresses()) {
            for (int i = 0; i < 50; i++) {
                byte[] noise = new byte[1 + random.nextInt(64 * 1024)];
                random.nextBytes(noise);
                try (RawConnection connection = new RawConnection(address)) {
                    connection.write(noise);
                }
            }
        }
    }

    @Test
    void anImpossibleLengthClosesTheConnection() {
        for (String address : addresses()) {
            for (int length : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 64 * 1024 * 1024}) {
                assertClosed(address, RawConnection.frame(length, 10, NO_BODY, NO_BODY));
            }
            for (int headerWord : new int[] {0x00ff_ffff, 0x0100_ffff, 101}) {
                assertClosed(address, RawConnection.frame(104, headerWord, new byte[100], NO_BODY));
            }
        }
    }

    @Test
    void aBrokenHeaderIsAnsweredOrClosesTheConnection() {
        List<String> headers = List.of(
                "",
                "{",
                "null",
                "[]",
                "{\"code\":}",
                "{\"code\":\"ten\",\"opaque\":1}",
                "{\"code\":999999999999,\"opaque\":1}",
                "{\"extFields\":[1,2]}",
                "{\"code\":105,\"extFields\":{\"topic\":{\"a\":{}}},\"opaque\":1,\"flag\":0}",
                "[".repeat(100_000),
                "{\"a\":".repeat(50_000));
        for (String address : addresses()) {
            for (String header : headers) {
                try (RawConnection connection = new RawConnection(address)) {
                    connection.write(RawConnection.frame(header, NO_BODY));
                    connection.write(RawConnection.frame(RawConnection.request(99_999, 7, "{}"), NO_BODY));
                    Optional<String> answer = connection.readHeader();
                    assertThat(answer.orElse("\"code\":1")).containsPattern("\"code\":[1-9]");
                }
            }
        }
    }

    @Test
    void aBrokenBinaryHeaderIsAnsweredOrClosesTheConnection() {
        for (String address : addresses()) {
            for (int i = 0; i < 100; i++) {
                byte[] header = new byte[1 + random.nextInt(200)];
                random.nextBytes(header);
                try (RawConnection connection = new RawConnection(address)) {
                    connection.write(RawConnection.frame(4 + header.length, 1 << 24 | header.length, header, NO_BODY));
                }
            }
            byte[] hugeMap = new byte[64];
            java.util.Arrays.fill(hugeMap, (byte) 0x7f);
            assertClosedOrAnswered(address, RawConnection.frame(4 + 64, 1 << 24 | 64, hugeMap, NO_BODY));
        }
    }

    @Test
    void aHeaderOfAHundredThousandFieldsHurtsNobody() {
        String fields = IntStream.range(0, 100_000)
                .mapToObj(i -> "\"key" + i + "\":\"v\"")
                .collect(Collectors.joining(",", "{", "}"));
        for (String address : addresses()) {
            assertClosedOrAnswered(address, RawConnection.frame(RawConnection.request(34, 1, fields), NO_BODY));
        }
    }

    @Test
    void unknownRequestsAreRefusedByName() {
        for (String address : addresses()) {
            try (RawConnection connection = new RawConnection(address)) {
                connection.write(RawConnection.frame(RawConnection.request(99_999, 4711, "{}"), NO_BODY));
                assertThat(connection.readHeader().orElseThrow())
                        .contains("\"code\":3")
                        .contains("\"opaque\":4711")
                        .contains("request type 99999 not supported");
            }
        }
    }

    @Test
    void everyRequestWithoutItsFieldsIsAnsweredOnTheSameConnection() {
        for (String address : addresses()) {
            try (RawConnection connection = new RawConnection(address)) {
                for (int code = 1; code <= 1_000; code++) {
                    connection.write(RawConnection.frame(RawConnection.request(code, code, "{}"), NO_BODY));
                    assertThat(connection.readHeader())
                            .as("answer to " + code)
                            .hasValueSatisfying(header -> assertThat(header).containsPattern("\"opaque\":\\d+"));
                }
            }
        }
    }

    @Test
    void everyRequestWithNonsenseIsAnsweredOnTheSameConnection() {
        byte[] nonsense = "{\"not\": what you [expect".getBytes(StandardCharsets.UTF_8);
        String fields = "{\"topic\":\"\",\"queueId\":\"-1\",\"consumerGroup\":\"\\u0000\",\"offset\":\"x\","
                + "\"timestamp\":\"\",\"a\":\"\",\"b\":\"\",\"e\":\"many\",\"f\":\"1.5\",\"sysFlag\":\"-1\"}";
        for (String address : addresses()) {
            try (RawConnection connection = new RawConnection(address)) {
                for (int code = 1; code <= 1_000; code++) {
                    connection.write(RawConnection.frame(RawConnection.request(code, code, fields), nonsense));
                    assertThat(connection.readHeader()).as("answer to " + code).isPresent();
                }
            }
        }
    }

    @Test
    void halfFramesThatNeverEndHoldNoMemory() {
        List<RawConnection> open = new ArrayList<>();
        byte[] beginning = RawConnection.frame(15 * 1024 * 1024, 200, new byte[50], NO_BODY);
        for (int i = 0; i < HALF_FRAMES; i++) {
            RawConnection connection = new RawConnection(addresses().get(i % 2));
            connection.write(beginning);
            open.add(connection);
        }

        theServerServesAsBefore();

        open.forEach(RawConnection::close);
    }

    @Test
    void aFloodOfConnectionsIsTaken() {
        List<RawConnection> open = new ArrayList<>();
        for (int i = 0; i < FLOOD; i++) {
            open.add(new RawConnection(addresses().get(i % 2)));
        }

        theServerServesAsBefore();

        open.forEach(RawConnection::close);
    }

    @Test
    void answersThatNobodyReadsHoldNoMemory() {
        Scenario scenario = SERVER.scenario(ClientVersion.V5_3_3);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "unread", 1);
        byte[] body = new byte[1024 * 1024];
        random.nextBytes(body);
        producer.send(Outgoing.of(topic, body));
        String fields = "{\"consumerGroup\":\"" + scenario.name("deaf") + "\",\"topic\":\"" + topic
                + "\",\"queueId\":\"0\",\"queueOffset\":\"0\",\"maxMsgNums\":\"1\",\"sysFlag\":\"4\","
                + "\"commitOffset\":\"0\",\"suspendTimeoutMillis\":\"0\",\"subVersion\":\"0\",\"subscription\":\"*\"}";

        // On a thread of its own: a server that stops reading from us makes us wait in the middle.
        RawConnection connection = new RawConnection(SERVER.server().broker());
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 4_000; i++) {
                connection.write(RawConnection.frame(RawConnection.request(11, i, fields), NO_BODY));
            }
        });
        theServerServesAsBefore();
        assertThat(connection.readHeader())
                .hasValueSatisfying(
                        header -> assertThat(header).contains("\"code\":0").contains("FOUND"));
        connection.close();
        asking.join();
    }

    private static List<String> addresses() {
        return List.of(SERVER.server().broker(), SERVER.server().nameserver());
    }

    private static void assertClosed(String address, byte[] bytes) {
        try (RawConnection connection = new RawConnection(address)) {
            connection.write(bytes);
            assertThat(connection.readHeader()).isEmpty();
        }
    }

    private static void assertClosedOrAnswered(String address, byte[] bytes) {
        try (RawConnection connection = new RawConnection(address)) {
            connection.write(bytes);
            connection.write(RawConnection.frame(RawConnection.request(99_999, 7, "{}"), NO_BODY));
            assertThat(connection.readHeader().orElse("\"code\":1")).contains("\"code\":");
        }
    }
}
