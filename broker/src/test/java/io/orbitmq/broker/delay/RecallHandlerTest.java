package io.orbitmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.fake.SmallStore;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.testkit.disk.SimulatedDisk;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RecallHandlerTest {

    private final DelayWorld world =
            new DelayWorld(new SimulatedDisk(1), new SmallStore(1 << 20, Duration.ofMinutes(10)), 1000);
    private RecallHandler handler;

    @BeforeEach
    void open() throws IOException {
        world.open();
        handler = new RecallHandler(world.config, world.topics, world.machine, world.clock);
    }

    @Test
    void takesBackAMessageThatWaits() {
        world.send("a", 0, "TIMER_DELAY_SEC^10~UNIQ_KEY^KA~");
        world.store.endTurn();

        Command answer = recall("Real", handle("broker-a", 10_000, "KA"));

        assertThat(answer.code()).isZero();
        assertThat(answer.fields().text("msgId")).isEqualTo("KA");
        assertThat(answer.fields().text("MSG_REGION")).isEqualTo("DefaultRegion");
        world.advance(Duration.ofSeconds(20));
        List<String> delivered = new ArrayList<>();
        world.collect(record -> delivered.add(StoredRecords.body(record)));
        assertThat(delivered).isEmpty();
    }

    @Test
    void succeedsForAMessageThatDoesNotExist() {
        assertThat(recall("Real", handle("broker-a", 10_000, "nobody")).code()).isZero();
    }

    @Test
    void readsTheHandleOfAnOfficialBroker() {
        String text = "v1 TopicA broker-a 1795225119001 FD00C50008";
        String encoded = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        RecallHandle handle = new RecallHandle("TopicA", "broker-a", 1795225119001L, "FD00C50008");
        assertThat(RecallHandle.decode(encoded)).contains(handle);
        assertThat(handle.encode()).isEqualTo(encoded);
    }

    @Test
    void refusesInTheOrderOfTheProtocolPage() {
        assertRefused("nowhere", "x", 17, "recall failed, the topic[nowhere] not exist");
        assertRefused("Real", "!!", 604, "recall handle is invalid");
        assertRefused("Real", encoded("v2 Real broker-a 1 K"), 604, "recall handle is invalid");
        assertRefused("Real", encoded("v1 Real broker-a"), 604, "recall handle is invalid");
        assertRefused("Real", encoded("v1 Real broker-a soon K"), 604, "recall handle is invalid");
        assertRefused("Real", encoded("v1 Other broker-b 1 K"), 604, "recall failed, topic not match");
        assertRefused("Real", handle("broker-b", -1, "K"), 604, "recall failed, broker service not available");
        assertRefused("Real", handle("broker-a", -1, "K"), 604, "recall failed, timestamp invalid");
        long tooFar = Duration.ofDays(41).toMillis();
        assertRefused("Real", handle("broker-a", tooFar, "K"), 604, "recall failed, timestamp invalid");
        world.config.update(all -> all.withDelays(all.delays().withRecall(false)));
        assertRefused("nowhere", "x", 16, "recall failed, operation is forbidden");
    }

    private void assertRefused(String topic, String handle, int code, String remark) {
        Command answer = recall(topic, handle);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.remark()).isEqualTo(remark);
        assertThat(answer.fields().text("MSG_REGION")).isEqualTo("DefaultRegion");
    }

    private Command recall(String topic, String handle) {
        RecordingExchange exchange = new RecordingExchange(
                Command.request(
                        RequestCode.RECALL_MESSAGE,
                        Fields.of("producerGroup", "PG", "topic", topic, "recallHandle", handle),
                        ByteBuffer.allocate(0)),
                new RecordingConnection(37914));
        handler.handle(exchange);
        world.advance(Duration.ZERO);
        return exchange.response();
    }

    private String handle(String broker, long fromNowMs, String key) {
        return RecallHandle.of("Real", broker, world.nowMs() + fromNowMs, key).encode();
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
