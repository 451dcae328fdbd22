package io.orbitmq.broker.manage.offset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.broker.PullSettings;
import io.orbitmq.broker.manage.ManageFixture;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.queue.QueueOffsets;
import io.orbitmq.protocol.frame.Command;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of protocol/11 sections 3.4 and 4 about offsets: topic T has messages 0 to 2 in queue 1, one a second. */
final class OffsetHandlersTest {

    private static final String QUEUE_1 = "{\"brokerName\":\"broker-a\",\"queueId\":1,\"topic\":\"T\"}";

    private final ManageFixture fixture = new ManageFixture();
    private final ResetOffsetHandler reset = new ResetOffsetHandler(fixture.parts());
    private long firstAt;

    @BeforeEach
    void storeMessages() {
        fixture.topic("T");
        fixture.groupConfigs.findOrCreate("G");
        firstAt = fixture.clock.epochMs();
        for (int i = 0; i < 3; i++) {
            fixture.store.put("T", 1, "a", "x");
            fixture.clock.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void resetsAllQueuesToATime() {
        Command answer = reset("timestamp", Long.toString(firstAt + 500));

        assertThat(answer.code()).isZero();
        assertThat(fixture.offsets.offsets("G", "T")).isEqualTo(Map.of(0, 0L, 1, 1L, 2, 0L, 3, 0L));
        assertThat(fixture.offsets.pendingReset("G", "T", 1)).isEqualTo(1);
        assertThat(new String(answer.bodyBytes(), StandardCharsets.UTF_8)).contains("\"queueId\\\":1", ":1");
    }

    @Test
    void resetsToTheEnd() {
        reset("timestamp", "-1");

        assertThat(fixture.offsets.offset("G", "T", 1)).isEqualTo(3);
    }

    @Test
    void resetsOneQueueToAnOffset() {
        assertThat(reset("timestamp", "-1", "queueId", "1", "offset", "2").code())
                .isZero();

        assertThat(fixture.offsets.offsets("G", "T")).isEqualTo(Map.of(1, 2L));
    }

    @Test
    void resetsOneQueueToATime() {
        reset("timestamp", Long.toString(firstAt + 1_500), "queueId", "1", "offset", "-1");

        assertThat(fixture.offsets.offsets("G", "T")).isEqualTo(Map.of(1, 2L));
    }

    @ParameterizedTest
    @CsvSource({"99", "4", "-2"})
    void refusesOffsetsOutsideTheQueue(String offset) {
        Command answer = reset("timestamp", "-1", "queueId", "1", "offset", offset);

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).isEqualTo("Target offset " + offset + " not in consume queue range [0-3]");
        assertThat(fixture.offsets.offset("G", "T", 1)).isNegative();
    }

    @Test
    void refusesUnknownTopicsAndGroupsInThisOrder() {
        Command topic = fixture.ask(reset, 222, "group", "H", "topic", "U", "timestamp", "0", "isForce", "true");
        assertThat(topic.code()).isEqualTo(17);
        assertThat(topic.remark()).isEqualTo("Topic U does not exist");

        Command group = fixture.ask(reset, 222, "group", "H", "topic", "T", "timestamp", "0", "isForce", "true");
        assertThat(group.code()).isEqualTo(26);
        assertThat(group.remark()).isEqualTo("Group H does not exist");
    }

    @Test
    void heldPullsOfTheGroupNoticeAtOnce() {
        List<String> ran = new ArrayList<>();
        fixture.holdPull("G", "T", ran);
        fixture.holdPull("H", "T", ran);

        reset("timestamp", "0");

        assertThat(ran).containsExactly("G");
    }

    @Test
    void clientsAreToldWhereTheServerDoesNotReset() {
        switchServerSideResetOff();
        fixture.liveGroup("G", "T");
        fixture.offsets.updateAll("G", "T", Map.of(0, 0L, 1, 3L, 2, 0L, 3, 0L));

        assertThat(reset("timestamp", Long.toString(firstAt + 500)).code()).isZero();

        Command told = fixture.client.oneWays().get(fixture.client.oneWays().size() - 1);
        assertThat(told.code()).isEqualTo(220);
        assertThat(told.fields().text("group")).isEqualTo("G");
        assertThat(QueueOffsets.decode(told.body()).offsets())
                .containsEntry(new MessageQueueKey("T", "broker-a", 1), 1L)
                .hasSize(4);
        assertThat(fixture.offsets.pendingReset("G", "T", 1)).isNegative();
        assertThat(fixture.offsets.offset("G", "T", 1)).isEqualTo(3);
    }

    @Test
    void clientSideResetNeedsOffsetsAndMembers() {
        switchServerSideResetOff();
        Command unknown = reset("timestamp", "0");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.remark()).isEqualTo("THe consumer group <G> not exist");

        fixture.offsets.updateAll("G", "T", Map.of(0, 0L, 1, 3L, 2, 0L, 3, 0L));
        Command offline = reset("timestamp", "7");
        assertThat(offline.code()).isEqualTo(206);
        assertThat(offline.remark())
                .isEqualTo("Consumer not online, so can not reset offset, Group: G Topic: T Timestamp: 7");
    }

    @Test
    void showsHowFarAGroupIs() {
        fixture.offsets.update("G", "T", 1, 2);
        fixture.offsets.update("G", "Gone", 0, 2);
        fixture.offsets.handedOut("G", "T", 1, 3);
        fixture.traffic.pulled("G", "T", 60, 100);
        ConsumeStatsHandler handler = new ConsumeStatsHandler(fixture.parts());

        JsonNode answer = fixture.json(handler, 208, "consumerGroup", "G");

        assertThat(answer.path("offsetTable").size()).isEqualTo(4);
        JsonNode row = answer.path("offsetTable").path(QUEUE_1);
        assertThat(row.path("brokerOffset").asLong()).isEqualTo(3);
        assertThat(row.path("consumerOffset").asLong()).isEqualTo(2);
        assertThat(row.path("pullOffset").asLong()).isEqualTo(3);
        assertThat(answer.path("offsetTable")
                        .path(QUEUE_1.replace(":1,", ":0,"))
                        .path("pullOffset")
                        .asLong())
                .as("never handed out")
                .isZero();
        assertThat(row.path("lastTimestamp").asLong()).isEqualTo(firstAt + 1_000);
        assertThat(answer.path("consumeTps").asDouble()).isPositive();
        assertThat(fixture.json(handler, 208, "consumerGroup", "G", "topic", "T")
                        .path("offsetTable")
                        .size())
                .isEqualTo(4);
        assertThat(fixture.json(handler, 208, "consumerGroup", "Unknown")
                        .path("offsetTable")
                        .size())
                .isZero();
    }

    @Test
    void showsHowFarAllGroupsAre() {
        fixture.offsets.update("G", "T", 1, 1);
        fixture.offsets.handedOut("G", "T", 1, 3);
        fixture.liveGroup("Online", "T");
        fixture.topic("Abandoned");
        fixture.offsets.update("Online", "Abandoned", 0, 1);
        BrokerConsumeStatsHandler handler = new BrokerConsumeStatsHandler(fixture.parts());

        JsonNode answer = fixture.json(handler, 317, "isOrder", "false");

        assertThat(answer.path("brokerAddr").asText()).isEqualTo("127.0.0.1:10911");
        assertThat(answer.path("totalDiff").asLong()).isEqualTo(2);
        assertThat(answer.path("totalInflightDiff").asLong()).isEqualTo(2);
        assertThat(answer.path("consumeStatsList").size()).isEqualTo(2);
        assertThat(answer.path("consumeStatsList").toString()).doesNotContain("Abandoned");
        assertThat(fixture.json(handler, 317, "isOrder", "true")
                        .path("consumeStatsList")
                        .size())
                .isZero();
    }

    @Test
    void clonesOffsets() {
        CloneOffsetHandler handler = new CloneOffsetHandler(fixture.parts());
        fixture.topic("U");
        fixture.offsets.updateAll("G", "T", Map.of(0, 4L, 1, 5L));
        fixture.offsets.update("G", "U", 0, 6);

        fixture.ask(handler, 314, "srcGroup", "G", "destGroup", "H", "topic", "T");
        assertThat(fixture.offsets.offsets("H", "T")).isEqualTo(Map.of(0, 4L, 1, 5L));
        assertThat(fixture.offsets.offsets("H", "U")).isEmpty();

        fixture.ask(handler, 314, "srcGroup", "G", "destGroup", "I");
        assertThat(fixture.offsets.offset("I", "U", 0)).isEqualTo(6);
    }

    @Test
    void anOnlineSourceClonesOnlyWhatItSubscribes() {
        CloneOffsetHandler handler = new CloneOffsetHandler(fixture.parts());
        fixture.liveGroup("G", "Other");
        fixture.offsets.update("G", "T", 0, 4);

        fixture.ask(handler, 314, "srcGroup", "G", "destGroup", "H", "topic", "T");
        assertThat(fixture.offsets.offsets("H", "T")).isEmpty();

        fixture.ask(handler, 314, "srcGroup", "G", "destGroup", "H", "topic", "T", "offline", "true");
        assertThat(fixture.offsets.offset("H", "T", 0)).isEqualTo(4);
    }

    @Test
    void correctionIsTheLowestOffsetOfTheGroupsCounted() {
        fixture.offsets.update("G", "T", 0, 12);
        fixture.offsets.update("H", "T", 0, 15);
        fixture.offsets.update("Slow", "T", 0, 3);

        JsonNode answer = fixture.json(
                new CorrectionOffsetHandler(fixture.parts()),
                308,
                "topic",
                "T",
                "compareGroup",
                "H",
                "filterGroups",
                "Slow");

        assertThat(answer.path("correctionOffsets").path("0").asLong()).isEqualTo(12);
    }

    @Test
    void showsAllOffsets() {
        fixture.offsets.updateAll("G", "T", Map.of(0, 3L, 1, 4L));

        JsonNode table =
                fixture.json(new AllOffsetsHandler(fixture.parts()), 43).path("offsetTable");

        assertThat(table.path("T@G").path("1").asLong()).isEqualTo(4);
    }

    @Test
    void showsWhereInTimeAGroupIs() {
        fixture.offsets.update("G", "T", 1, 2);
        TimeSpanHandler handler = new TimeSpanHandler(fixture.parts());

        JsonNode spans = fixture.json(handler, 303, "topic", "T", "group", "G").path("consumeTimeSpanSet");

        assertThat(spans.size()).isEqualTo(4);
        JsonNode span = spans.path(1);
        assertThat(span.path("minTimeStamp").asLong()).isEqualTo(firstAt);
        assertThat(span.path("maxTimeStamp").asLong()).isEqualTo(firstAt + 2_000);
        assertThat(span.path("consumeTimeStamp").asLong()).isEqualTo(firstAt + 1_000);
        assertThat(span.path("delayTime").asLong()).isEqualTo(1_000);
        assertThat(fixture.ask(handler, 303, "topic", "U", "group", "G").code()).isEqualTo(17);
    }

    private void switchServerSideResetOff() {
        fixture.config.update(all -> {
            PullSettings now = all.pulls();
            return all.withPulls(new PullSettings(
                    now.longPolling(),
                    now.shortPollingTime(),
                    now.maxHeldPulls(),
                    now.litePull(),
                    now.propertyFilter(),
                    false,
                    now.maxAnswerCount(),
                    now.maxAnswerBytes()));
        });
    }

    private Command reset(String... more) {
        List<String> fields = new ArrayList<>(List.of("group", "G", "topic", "T", "isForce", "true"));
        fields.addAll(List.of(more));
        return fixture.ask(reset, 222, fields.toArray(String[]::new));
    }
}
