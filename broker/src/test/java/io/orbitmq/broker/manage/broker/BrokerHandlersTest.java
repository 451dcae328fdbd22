package io.orbitmq.broker.manage.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.broker.manage.ManageFixture;
import io.orbitmq.broker.traffic.TrafficMeter;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Requests of protocol/11 section 3.5. */
final class BrokerHandlersTest {

    private final ManageFixture fixture = new ManageFixture();

    @Test
    void runtimeTableHasWhatToolsParse() {
        RuntimeHandler handler = new RuntimeHandler(fixture.parts());
        fixture.traffic.sent("T", 30, 3_000);
        fixture.clock.advance(Duration.ofSeconds(TrafficMeter.SAMPLE_SECONDS));
        fixture.traffic.sample();
        fixture.clock.advance(Duration.ofSeconds(188));

        Map<String, String> table = Json.textMap(fixture.json(handler, 28).path("table"));

        assertThat(table)
                .containsEntry("brokerVersionDesc", "V5_3_3")
                .containsEntry("brokerVersion", "479")
                .containsEntry("brokerActive", "true")
                .containsEntry("runtime", "[ 0 days, 0 hours, 3 minutes, 18 seconds ]")
                .containsEntry("msgPutTotalTodayNow", "30")
                .containsEntry("dispatchBehindBytes", "0")
                .containsEntry("commitLogDiskRatio", "0.2500")
                .containsEntry("sendThreadPoolQueueSize", "0")
                .containsEntry("earliestMessageTimeStamp", "-1")
                .containsKeys(
                        "commitLogMaxOffset",
                        "commitLogDirCapacity",
                        "getTotalTps",
                        "bootTimestamp",
                        "ackThreadPoolQueueSize");
        String[] putTps = table.get("putTps").split(" ");
        assertThat(putTps).hasSize(3);
        assertThat(Double.parseDouble(putTps[1])).isPositive();
    }

    @Test
    void runtimeTableTellsOfDelaysHeldPullsAndConflicts() {
        RuntimeHandler handler = new RuntimeHandler(fixture.parts());
        fixture.topic("T");
        fixture.store.put("T", 0, "a", "x");
        fixture.holdPull("g", "T", new ArrayList<>());
        for (int i = 0; i < 60; i++) {
            fixture.traffic.timerEntered();
        }
        for (int i = 0; i < 30; i++) {
            fixture.traffic.timerLeft();
        }
        fixture.clock.advance(Duration.ofSeconds(10));

        Map<String, String> table = Json.textMap(fixture.json(handler, 28).path("table"));

        assertThat(table)
                .containsEntry("scheduleMessageOffset_3", "5,8")
                .containsEntry("scheduleMessageOffset_4", "1,1")
                .containsEntry("timerReadBehind", "0")
                .containsEntry("timerOffsetBehind", "0")
                .containsEntry("timerCongestNum", "4")
                .containsEntry("timerEnqueueTps", "6.0000")
                .containsEntry("timerDequeueTps", "3.0000")
                .containsEntry("delayedWaiting", "7")
                .containsEntry("delayedDelivered", "10")
                .containsEntry("delayedDropped", "1")
                .containsEntry("delayedRecallsPending", "2")
                .containsEntry("heldPulls", "1")
                .containsEntry("subscriptionConflictGroups", "0")
                .containsEntry("subscriptionConflicts", "0")
                .containsEntry("subscriptionConflictsReported", "0")
                .containsEntry(
                        "queueTotal", Integer.toString(fixture.store.status().queues()))
                .doesNotContainKey("storeFenced");
    }

    @Test
    void runtimeTableTellsHowLongAnswersTook() {
        RuntimeHandler handler = new RuntimeHandler(fixture.parts());
        fixture.traffic.stored(995, TimeUnit.MICROSECONDS.toNanos(250));
        fixture.traffic.stored(5, TimeUnit.MILLISECONDS.toNanos(20));
        fixture.traffic.read(TimeUnit.MILLISECONDS.toNanos(7));

        Map<String, String> table = Json.textMap(fixture.json(handler, 28).path("table"));

        assertThat(table)
                .containsEntry("putLatency99", "0.25")
                .containsEntry("putMessageEntireTimeMax", "20")
                .containsEntry("getMessageEntireTimeMax", "7");
        assertThat(Double.parseDouble(table.get("putLatency999"))).isBetween(19.8, 20.3);
        assertThat(table.get("putMessageDistributeTime")).startsWith("[<=0ms]:995 [0~10ms]:0 [10~50ms]:5 ");
    }

    @Test
    void delayOffsetsAreWhatIsDonePerLevel() {
        Command answer = fixture.ask(new DelayOffsetsHandler(fixture.parts()), 45);

        assertThat(answer.code()).isZero();
        assertThat(new String(answer.bodyBytes(), StandardCharsets.UTF_8))
                .as("level numbers without quotes, as the official broker writes them")
                .contains("\"offsetTable\":{3:5,4:1}");
        JsonNode version = Json.read(answer.body()).path("dataVersion");
        assertThat(version.path("counter").asLong())
                .as("grows with the progress")
                .isEqualTo(6);
    }

    @Test
    void statsOverThreeSpans() {
        StatsHandler handler = new StatsHandler(fixture.parts());
        Command missing = fixture.ask(handler, 315, "statsName", "TOPIC_PUT_NUMS", "statsKey", "T");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.remark()).isEqualTo("The stats <TOPIC_PUT_NUMS> <T> not exist");

        fixture.traffic.sent("T", 6, 600);
        fixture.traffic.pulled("G", "T", 4, 400);
        fixture.traffic.sentBack("G", "T", 1);
        fixture.clock.advance(Duration.ofSeconds(2));

        JsonNode put = fixture.json(handler, 315, "statsName", "TOPIC_PUT_NUMS", "statsKey", "T");
        assertThat(put.path("statsMinute").path("sum").asLong()).isEqualTo(6);
        assertThat(put.path("statsMinute").path("tps").asDouble()).isEqualTo(3.0);
        assertThat(put.path("statsDay").path("sum").asLong()).isEqualTo(6);
        JsonNode sizes = fixture.json(handler, 315, "statsName", "TOPIC_PUT_SIZE", "statsKey", "T");
        assertThat(sizes.path("statsHour").path("sum").asLong()).isEqualTo(600);
        assertThat(sizes.path("statsHour").path("avgpt").asDouble()).isEqualTo(100.0);
        assertThat(sum(handler, "GROUP_GET_NUMS", "T@G")).isEqualTo(4);
        assertThat(sum(handler, "SNDBCK_PUT_NUMS", "T@G")).isEqualTo(1);
        assertThat(sum(handler, "BROKER_PUT_NUMS", "DefaultCluster")).isEqualTo(6);
        assertThat(sum(handler, "BROKER_GET_NUMS", "DefaultCluster")).isEqualTo(4);
        assertThat(fixture.ask(handler, 315, "statsName", "NONSENSE", "statsKey", "T")
                        .code())
                .isEqualTo(1);
        assertThat(fixture.ask(handler, 315, "statsName", "GROUP_GET_NUMS", "statsKey", "T")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void settingsAreShownAsProperties() {
        fixture.atStart.put("fileReservedTime", "48");
        fixture.atStart.put("brokerPermission", "6");
        fixture.config.update(all -> all.withTopics(all.topics().withBrokerPermission(4)));

        Command answer = fixture.ask(new ConfigReadHandler(fixture.parts()), 26);

        String text = new String(answer.bodyBytes(), StandardCharsets.UTF_8);
        assertThat(text.lines())
                .contains("brokerPermission=4", "fileReservedTime=48", "brokerName=broker-a", "longPollingEnable=true");
        assertThat(text.lines()).isSorted();
        assertThat(Json.read(answer.fields().text("version")).has("counter")).isTrue();
    }

    @Test
    void aLiveSettingTakesEffectAndIsKept() {
        assertThat(update("brokerPermission=4\nlongPollingEnable=false").code()).isZero();

        assertThat(fixture.config.get().topics().brokerPermission()).isEqualTo(4);
        assertThat(fixture.config.get().pulls().longPolling()).isFalse();
        assertThat(fixture.kept).containsOnlyKeys("brokerPermission", "longPollingEnable");
        assertThat(fixture.announced).containsExactly("everything");
    }

    @Test
    void aSettingForTheNextStartIsKeptOnly() {
        fixture.atStart.put("listenPort", "10911");

        assertThat(update("listenPort=10999").code()).isZero();

        assertThat(fixture.config.get().network().listenPort()).isEqualTo(10911);
        assertThat(fixture.kept).containsEntry("listenPort", "10999");
        assertThat(fixture.announced).isEmpty();
    }

    @Test
    void anUnknownSettingSucceedsAndIsNotKept() {
        assertThat(update("brokerPermision=4").code()).isZero();

        assertThat(fixture.config.get().topics().brokerPermission()).isEqualTo(6);
        assertThat(fixture.kept).isEmpty();
    }

    @Test
    void theBlackListRefusesTheWholeRequest() {
        fixture.atStart.put("configBlackList", "traceOn;x");

        for (String key : new String[] {"brokerConfigPath", "rocketmqHome", "traceOn"}) {
            Command answer = update("longPollingEnable=false\n" + key + "=a");
            assertThat(answer.code()).isEqualTo(16);
            assertThat(answer.remark()).isEqualTo("Can not update config in black list.");
        }
        assertThat(fixture.config.get().pulls().longPolling()).isTrue();
    }

    @Test
    void aWrongValueRefusesTheWholeRequest() {
        Command answer = update("longPollingEnable=false\nbrokerPermission=99");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).contains("brokerPermission").contains("99");
        assertThat(fixture.config.get().pulls().longPolling()).isTrue();
        assertThat(fixture.kept).isEmpty();
    }

    @Test
    void anEmptyBodyIsRefused() {
        assertThat(update("").remark()).isEqualTo("string2Properties error");
        assertThat(update("\\u12").code()).isEqualTo(1);
    }

    @Test
    void cleaningAlwaysSucceeds() {
        CleanHandler handler = new CleanHandler(fixture.parts());

        for (int code : new int[] {306, 316, 329}) {
            assertThat(fixture.ask(handler, code).code()).isZero();
        }
    }

    private Command update(String body) {
        return fixture.post(new ConfigUpdateHandler(fixture.parts()), 25, body);
    }

    private long sum(StatsHandler handler, String name, String key) {
        return fixture.json(handler, 315, "statsName", name, "statsKey", key)
                .path("statsMinute")
                .path("sum")
                .asLong();
    }
}
