package io.orbitmq.nameserver.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.nameserver.config.LiveConfig;
import io.orbitmq.nameserver.config.NameserverConfig;
import io.orbitmq.nameserver.config.NameserverKeys;
import io.orbitmq.nameserver.kv.KvStore;
import io.orbitmq.nameserver.route.Departures;
import io.orbitmq.nameserver.route.MinIdChange;
import io.orbitmq.nameserver.route.RouteTable;
import io.orbitmq.protocol.body.topic.RegisterBrokerBody;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests and answers as captured from an official nameserver. */
class NameserverHandlersTest {

    private static final String TOPICS =
            "{\"filterServerList\":[],\"topicConfigSerializeWrapper\":{\"dataVersion\":{\"coun"
                    + "ter\":1,\"stateVersion\":0,\"timestamp\":1795224933180},\"topicConfigTable\":{\"TBW102\":{\"attributes\""
                    + ":{},\"order\":false,\"perm\":7,\"readQueueNums\":8,\"topicFilterType\":\"SINGLE_TAG\",\"topicName\":\"TBW"
                    + "102\",\"topicSysFlag\":0,\"writeQueueNums\":8},\"U\":{\"perm\":6,\"readQueueNums\":1,\"topicName\":\"U\","
                    + "\"topicSysFlag\":3,\"writeQueueNums\":1}}}}";
    private static final String ROUTE =
            "{\"brokerDatas\":[{\"brokerAddrs\":{\"0\":\"127.0.0.1:20110\"},\"brokerName\":\"br"
                    + "oker-a\",\"cluster\":\"DefaultCluster\",\"enableActingMaster\":false}],\"filterServerTable\":{},\"queueDa"
                    + "tas\":[{\"brokerName\":\"broker-a\",\"perm\":7,\"readQueueNums\":8,\"topicSysFlag\":0,\"writeQueueNums\":"
                    + "8}]}";

    @TempDir
    private Path directory;

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    private final RecordingConnection connection = new RecordingConnection();
    private final List<MinIdChange> told = new ArrayList<>();

    @Test
    void answersRoutesInTheDialectOfTheAsker() throws IOException {
        HandlerTable table = table("");
        register(table);
        assertThat(text(ask(table, 105, 479, Fields.of("topic", "TBW102"), ""))).isEqualTo(ROUTE);
        String bare = ROUTE.replace("\"0\":", "0:");
        assertThat(text(ask(table, 105, 400, Fields.of("topic", "TBW102"), ""))).isEqualTo(bare);
        assertThat(text(ask(table, 105, 400, Fields.of("topic", "TBW102", "acceptStandardJsonOnly", "true"), "")))
                .isEqualTo(ROUTE);
    }

    @Test
    void anUnknownTopicHasNoRoute() throws IOException {
        Command answer = ask(table(""), 105, 479, Fields.of("topic", "nope"), "");
        assertThat(answer.code()).isEqualTo(17);
        assertThat(answer.remark())
                .isEqualTo("No topic route info in name server for the topic: nope\n"
                        + "See https://rocketmq.apache.org/docs/bestPractice/06FAQ for further details.");
    }

    @Test
    void routesAreRefusedUntilTheNameserverHasWarmedUp() throws IOException {
        HandlerTable table = table("needWaitForService=true");
        register(table);
        clock.advance(Duration.ofSeconds(44));
        Command early = ask(table, 105, 479, Fields.of("topic", "TBW102"), "");
        assertThat(early.code()).isOne();
        assertThat(early.remark()).isEqualTo("name server not ready");
        clock.advance(Duration.ofSeconds(1));
        assertThat(ask(table, 105, 479, Fields.of("topic", "TBW102"), "").code())
                .isZero();
    }

    @Test
    void zoneModeKeepsTheBrokersOfTheZone() throws IOException {
        HandlerTable table = table("");
        register(table);
        Fields zb = Fields.of("topic", "TBW102", "__ZONE_MODE", "true", "__ZONE_NAME", "zb");
        assertThat(text(ask(table, 105, 479, zb, "")))
                .isEqualTo("{\"brokerDatas\":[],\"filterServerTable\":{},\"queueDatas\":[]}");
        Fields inZone =
                registration("0", "127.0.0.1:20110").put("__ZONE_NAME", "ZB").build();
        ask(table, 103, 479, inZone, TOPICS);
        assertThat(text(ask(table, 105, 479, zb, "")))
                .contains("{0:\"127.0.0.1:20110\"}")
                .contains("\"zoneName\":\"ZB\"");
    }

    @Test
    void orderSettingsAreInRoutesAndInRegistrationAnswers() throws IOException {
        HandlerTable table = table("orderMessageEnable=true");
        assertThat(register(table).body().remaining()).isZero();
        put(table, "TBW102", "broker-a:4");
        assertThat(text(ask(table, 105, 479, Fields.of("topic", "TBW102"), "")))
                .contains(",\"orderTopicConf\":\"broker-a:4\",\"queueDatas\"");
        assertThat(text(register(table))).isEqualTo("{\"table\":{\"TBW102\":\"broker-a:4\"}}");
    }

    @Test
    void aSlaveIsAnsweredWithItsMaster() throws IOException {
        HandlerTable table = table("");
        assertThat(register(table).fields()).isEqualTo(Fields.NONE);
        Command answer =
                ask(table, 103, 479, registration("1", "127.0.0.1:20111").build(), TOPICS);
        assertThat(answer.fields())
                .isEqualTo(Fields.of("haServerAddr", "192.0.2.2:20141", "masterAddr", "127.0.0.1:20110"));
    }

    @Test
    void registrationBodiesAreCheckedAndMayBeCompressed() throws IOException {
        HandlerTable table = table("");
        Command wrong = ask(
                table, 103, 479, registration("0", "x:1").put("bodyCrc32", 5).build(), TOPICS);
        assertThat(wrong.code()).isOne();
        assertThat(wrong.remark()).isEqualTo("crc32 not match");
        byte[] compressed = RegisterBrokerBody.decode(StandardCharsets.UTF_8.encode(TOPICS), false, 479)
                .encodeCompressed();
        CRC32 crc = new CRC32();
        crc.update(compressed);
        Fields fields = registration("0", "127.0.0.1:20110")
                .put("compressed", true)
                .put("bodyCrc32", crc.getValue() & Integer.MAX_VALUE)
                .build();
        assertThat(ask(table, 103, 479, fields, ByteBuffer.wrap(compressed)).code())
                .isZero();
        assertThat(text(ask(table, 105, 479, Fields.of("topic", "TBW102"), ""))).isEqualTo(ROUTE);
    }

    @Test
    void aBrokerWhoseConnectionClosedWhileItWaitedIsRemoved() throws IOException {
        HandlerTable table = table("");
        connection.close();
        register(table);
        scheduler.advance(Duration.ZERO);
        assertThat(ask(table, 105, 479, Fields.of("topic", "TBW102"), "").code())
                .isEqualTo(17);
    }

    @Test
    void aBrokerThatUnregistersIsGone() throws IOException {
        HandlerTable table = table("");
        register(table);
        Fields identity = Fields.of(
                "brokerName",
                "broker-a",
                "brokerAddr",
                "127.0.0.1:20110",
                "clusterName",
                "DefaultCluster",
                "brokerId",
                "0");
        assertThat(ask(table, 104, 479, identity, "").code()).isZero();
        scheduler.advance(Duration.ZERO);
        assertThat(text(ask(table, 106, 479, Fields.NONE, "")))
                .isEqualTo("{\"brokerAddrTable\":{},\"clusterAddrTable\":{}}");
    }

    @Test
    void clustersAndMembersAreAsCaptured() throws IOException {
        HandlerTable table = table("");
        register(table);
        assertThat(text(ask(table, 106, 479, Fields.NONE, "")))
                .isEqualTo(
                        "{\"brokerAddrTable\":{\"broker-a\":{\"brokerAddrs\":{0:\"127.0.0.1:20110\"},\"brokerName\":\"br"
                                + "oker-a\",\"cluster\":\"DefaultCluster\",\"enableActingMaster\":false}},\"clusterAddrTable\":"
                                + "{\"DefaultCluster\":[\"broker-a\"]}}");
        Fields known = Fields.of("clusterName", "DefaultCluster", "brokerName", "broker-a");
        assertThat(text(ask(table, 901, 479, known, "")))
                .isEqualTo(
                        "{\"brokerMemberGroup\":{\"brokerAddrs\":{0:\"127.0.0.1:20110\"},\"brokerName\":\"broker-a\",\"cl"
                                + "uster\":\"DefaultCluster\"}}");
        assertThat(text(ask(table, 901, 479, Fields.of("clusterName", "c", "brokerName", "b"), "")))
                .isEqualTo("{\"brokerMemberGroup\":{\"brokerAddrs\":{},\"brokerName\":\"b\",\"cluster\":\"c\"}}");
    }

    @Test
    void topicListsAreGivenOrDisabled() throws IOException {
        HandlerTable table = table("");
        register(table);
        assertThat(text(ask(table, 206, 479, Fields.NONE, ""))).contains("\"TBW102\"", "\"U\"");
        assertThat(text(ask(table, 224, 479, Fields.of("cluster", "DefaultCluster"), "")))
                .contains("\"U\"");
        assertThat(text(ask(table, 224, 479, Fields.of("cluster", "x"), ""))).isEqualTo("{\"topicList\":[]}");
        assertThat(text(ask(table, 304, 479, Fields.NONE, "")))
                .isEqualTo("{\"brokerAddr\":\"127.0.0.1:20110\",\"topicList\":[\"DefaultCluster\",\"broker-a\"]}");
        assertThat(text(ask(table, 311, 479, Fields.NONE, ""))).isEqualTo("{\"topicList\":[\"U\"]}");
        assertThat(text(ask(table, 312, 479, Fields.NONE, ""))).isEqualTo("{\"topicList\":[\"U\"]}");
        assertThat(text(ask(table, 313, 479, Fields.NONE, ""))).isEqualTo("{\"topicList\":[]}");

        HandlerTable closed = table("enableTopicList=false\nenableAllTopicList=false");
        for (int code : new int[] {206, 224, 311, 312, 313}) {
            Command answer = ask(closed, code, 479, Fields.NONE, "");
            assertThat(answer.code()).isOne();
            assertThat(answer.remark()).isEqualTo("disable");
        }
    }

    @Test
    void dataVersionsAreCompared() throws IOException {
        HandlerTable table = table("");
        register(table);
        Fields known =
                Fields.of("brokerName", "broker-a", "brokerAddr", "127.0.0.1:20110", "clusterName", "DefaultCluster");
        String version = "{\"counter\":1,\"stateVersion\":0,\"timestamp\":1795224933180}";
        Command same = ask(table, 322, 479, known, version);
        assertThat(same.fields()).isEqualTo(Fields.of("changed", "false"));
        assertThat(text(same)).isEqualTo(version);
        assertThat(ask(table, 322, 479, known, "{\"counter\":2}").fields()).isEqualTo(Fields.of("changed", "true"));
        Command unknown = ask(table, 322, 479, Fields.of("clusterName", "c", "brokerAddr", "a"), version);
        assertThat(unknown.fields()).isEqualTo(Fields.of("changed", "true"));
        assertThat(unknown.body().remaining()).isZero();
        assertThat(ask(table, 904, 479, known, "").code()).isZero();
    }

    @Test
    void writePermissionsAreWipedAndAdded() throws IOException {
        HandlerTable table = table("");
        register(table);
        Fields broker = Fields.of("brokerName", "broker-a");
        assertThat(ask(table, 205, 479, broker, "").fields()).isEqualTo(Fields.of("wipeTopicCount", "2"));
        assertThat(ask(table, 327, 479, broker, "").fields()).isEqualTo(Fields.of("addTopicCount", "2"));
        assertThat(ask(table, 205, 479, Fields.of("brokerName", "zz"), "").fields())
                .isEqualTo(Fields.of("wipeTopicCount", "0"));
    }

    @Test
    void topicsAreRegisteredAndDeletedSingly() throws IOException {
        HandlerTable table = table("");
        register(table);
        String queues =
                "{\"queueDatas\":[{\"brokerName\":\"broker-a\",\"perm\":6,\"readQueueNums\":4,\"topicSysFlag\":0,\"w"
                        + "riteQueueNums\":4}]}";
        assertThat(ask(table, 217, 479, Fields.of("topic", "S"), queues).code()).isZero();
        assertThat(text(ask(table, 105, 479, Fields.of("topic", "S"), ""))).contains("\"readQueueNums\":4");
        assertThat(ask(table, 216, 479, Fields.of("topic", "S"), "").code()).isZero();
        assertThat(ask(table, 105, 479, Fields.of("topic", "S"), "").code()).isEqualTo(17);
    }

    @Test
    void keyValueSettingsAreAsCaptured() throws IOException {
        HandlerTable table = table("");
        assertThat(put(table, "tOrd", "broker-a:4").code()).isZero();
        Fields key = Fields.of("namespace", "ORDER_TOPIC_CONFIG", "key", "tOrd");
        assertThat(ask(table, 101, 479, key, "").fields()).isEqualTo(Fields.of("value", "broker-a:4"));
        assertThat(text(ask(table, 219, 479, key, ""))).isEqualTo("{\"table\":{\"tOrd\":\"broker-a:4\"}}");
        assertThat(ask(table, 102, 479, key, "").code()).isZero();
        Command missing = ask(table, 101, 479, key, "");
        assertThat(missing.code()).isEqualTo(22);
        assertThat(missing.remark()).isEqualTo("No config item, Namespace: ORDER_TOPIC_CONFIG Key: tOrd");
        assertThat(text(ask(table, 219, 479, key, ""))).isEqualTo("{\"table\":{}}");
        assertThat(ask(table, 219, 479, Fields.of("namespace", "zz"), "").remark())
                .isEqualTo("No config item, Namespace: zz");
        assertThat(ask(table, 100, 479, Fields.of("namespace", "zz"), "").remark())
                .isEqualTo("namespace or key is null");
    }

    @Test
    void settingsAreReadAndChangedButNotThoseOfTheBlackList() throws IOException {
        HandlerTable table = table("");
        assertThat(text(ask(table, 319, 479, Fields.NONE, ""))).contains("\nenableTopicList=true\n");
        assertThat(ask(table, 318, 479, Fields.NONE, "enableTopicList=false").code())
                .isZero();
        assertThat(ask(table, 224, 479, Fields.of("cluster", "c"), "").remark()).isEqualTo("disable");
        assertThat(text(ask(table, 319, 479, Fields.NONE, ""))).contains("\nenableTopicList=false\n");
        Command black = ask(table, 318, 479, Fields.NONE, "kvConfigPath=/tmp/x");
        assertThat(black.code()).isEqualTo(16);
        assertThat(black.remark()).isEqualTo("Can not update config in black list.");
        assertThat(ask(table, 318, 479, Fields.NONE, "").code()).isZero();
    }

    private HandlerTable table(String settings) throws IOException {
        LiveConfig config = new LiveConfig(
                NameserverKeys.load(Settings.parse(settings, "test"), NameserverConfig.defaults(directory)),
                new SystemDisk());
        RouteTable routes = new RouteTable(clock);
        KvStore kv = KvStore.open(new SystemDisk(), config.current().files().kvConfig());
        Departures departures = new Departures(routes, scheduler, told::add);
        return NameserverHandlers.build(new NameserverHandlers.Parts(routes, departures, kv, config, told::add, clock));
    }

    private Command register(HandlerTable table) {
        return ask(table, 103, 479, registration("0", "127.0.0.1:20110").build(), TOPICS);
    }

    private static Fields.Builder registration(String id, String address) {
        return Fields.builder()
                .put("brokerName", "broker-a")
                .put("clusterName", "DefaultCluster")
                .put("brokerAddr", address)
                .put("haServerAddr", "192.0.2.2:20141")
                .put("compressed", "false")
                .put("brokerId", id)
                .put("enableActingMaster", "false");
    }

    private Command put(HandlerTable table, String key, String value) {
        Fields fields = Fields.of("namespace", KvStore.ORDER_TOPICS, "key", key, "value", value);
        return ask(table, RequestCode.PUT_KV_CONFIG, 479, fields, "");
    }

    private Command ask(HandlerTable table, int code, int version, Fields fields, String body) {
        return ask(table, code, version, fields, StandardCharsets.UTF_8.encode(body));
    }

    private Command ask(HandlerTable table, int code, int version, Fields fields, ByteBuffer body) {
        Command request = new Command(code, Language.JAVA, version, 7, 0, "", fields, body);
        RecordingExchange exchange = new RecordingExchange(request, connection);
        table.find(code).orElseThrow().handler().handle(exchange);
        return exchange.response();
    }

    private static String text(Command answer) {
        assertThat(answer.code()).as(answer.remark()).isZero();
        return new String(answer.bodyBytes(), StandardCharsets.UTF_8);
    }
}
