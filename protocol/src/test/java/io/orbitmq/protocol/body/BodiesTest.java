package io.orbitmq.protocol.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.ConsumerGroup;
import io.orbitmq.protocol.body.client.HeartbeatBody;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.group.RetryPolicy;
import io.orbitmq.protocol.body.route.BrokerMemberGroup;
import io.orbitmq.protocol.body.route.ClusterTable;
import io.orbitmq.protocol.body.route.TopicRoute;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.body.topic.RegisterBrokerBody;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.body.topic.TopicConfigTable;
import io.orbitmq.protocol.body.topic.TopicList;
import io.orbitmq.protocol.frame.MalformedBodyException;
import io.orbitmq.protocol.json.Json;
import io.orbitmq.protocol.message.SubscriptionExpression;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies against JSON captured from official peers. */
class BodiesTest {

    private static final String HEARTBEAT =
            "{\"clientID\":\"192.0.2.2@18121#1050100240565\",\"consumerDataSet\":[{\"cons"
                    + "umeFromWhere\":\"CONSUME_FROM_FIRST_OFFSET\",\"consumeType\":\"CONSUME_PASSIVELY\",\"groupName\":\"GCap\""
                    + ",\"messageModel\":\"CLUSTERING\",\"subscriptionDataSet\":[{\"classFilterMode\":false,\"codeSet\":[],\"ex"
                    + "pressionType\":\"TAG\",\"subString\":\"*\",\"subVersion\":1795225180377,\"tagsSet\":[],\"topic\":\"%RETR"
                    + "Y%GCap\"},{\"classFilterMode\":false,\"codeSet\":[2598919,2598920],\"expressionType\":\"TAG\",\"subStrin"
                    + "g\":\"TagA || TagB\",\"subVersion\":1795225180329,\"tagsSet\":[\"TagA\",\"TagB\"],\"topic\":\"TopA\"}],\""
                    + "unitMode\":false}],\"heartbeatFingerprint\":0,\"producerDataSet\":[{\"groupName\":\"CLIENT_INNER_PRODUC"
                    + "ER\"}],\"withoutSub\":false}";
    private static final String ROUTE =
            "{\"brokerDatas\":[{\"brokerAddrs\":{\"0\":\"127.0.0.1:20161\",\"1\":\"127.0.0.1:2"
                    + "0162\"},\"brokerName\":\"brk-m\",\"cluster\":\"CX\",\"enableActingMaster\":true,\"zoneName\":\"za\"}],\"f"
                    + "ilterServerTable\":{},\"orderTopicConf\":\"brk-m:4\",\"queueDatas\":[{\"brokerName\":\"brk-m\",\"perm\":"
                    + "7,\"readQueueNums\":8,\"topicSysFlag\":0,\"writeQueueNums\":8}]}";
    private static final String GROUP =
            "{\"attributes\":{},\"brokerId\":0,\"consumeBroadcastEnable\":true,\"consumeEnable"
                    + "\":true,\"consumeFromMinEnable\":true,\"consumeMessageOrderly\":false,\"consumeTimeoutMinute\":15,\"grou"
                    + "pName\":\"RG1\",\"groupRetryPolicy\":{\"type\":\"CUSTOMIZED\"},\"groupSysFlag\":0,\"notifyConsumerIdsCh"
                    + "angedEnable\":true,\"retryMaxTimes\":16,\"retryQueueNums\":1,\"whichBrokerWhenConsumeSlowly\":1}";
    private static final String TBW102 =
            "{\"attributes\":{},\"order\":false,\"perm\":7,\"readQueueNums\":8,\"topicFilterTy"
                    + "pe\":\"SINGLE_TAG\",\"topicName\":\"TBW102\",\"topicSysFlag\":0,\"writeQueueNums\":8}";
    private static final String REGISTRATION =
            "{\"filterServerList\":[],\"topicConfigSerializeWrapper\":{\"dataVersion\":{"
                    + "\"counter\":3,\"stateVersion\":1,\"timestamp\":1795225221918},\"mappingDataVersion\":{\"counter\":0,\"st"
                    + "ateVersion\":0,\"timestamp\":0},\"topicConfigTable\":{\"TBW102\":" + TBW102
                    + "},\"topicQueueMappingDetailMap\":{},\"topicQueueMappingInfoMap\":{}}}";

    @Test
    void readsAndWritesTheCapturedHeartbeat() {
        HeartbeatBody heartbeat = HeartbeatBody.decode(bytes(HEARTBEAT));

        assertThat(heartbeat.clientId()).isEqualTo("192.0.2.2@18121#1050100240565");
        assertThat(heartbeat.producerGroups()).containsExactly("CLIENT_INNER_PRODUCER");
        ConsumerGroup group = heartbeat.consumerGroups().get(0);
        assertThat(group.type()).isEqualTo(ConsumeType.CONSUME_PASSIVELY);
        assertThat(group.model()).isEqualTo(MessageModel.CLUSTERING);
        assertThat(group.subscriptions().get(1))
                .isEqualTo(Subscription.ofTags(
                        "TopA", SubscriptionExpression.parse("TagA || TagB").orElseThrow(), 1795225180329L));
        assertThat(text(heartbeat.encode())).isEqualTo(HEARTBEAT);
    }

    @Test
    void readsTheShortHeartbeatOfAFourNineClient() {
        HeartbeatBody heartbeat = HeartbeatBody.decode(
                bytes(
                        "{\"clientID\":\"c\",\"consumerDataSet\":[{\"groupName\":\"g\",\"subscriptionDataSet\":[{\"topic\":\"t\"}]}]}"));
        assertThat(heartbeat.fingerprint()).isZero();
        assertThat(heartbeat.producerGroups()).isEmpty();
        assertThat(heartbeat.consumerGroups().get(0).subscriptions().get(0).isTagType())
                .isTrue();
    }

    @Test
    void readsAndWritesTheCapturedRouteInBothDialects() {
        TopicRoute route = TopicRoute.decode(bytes(ROUTE));
        assertThat(route.brokers().get(0).addresses()).isEqualTo(Map.of(0L, "127.0.0.1:20161", 1L, "127.0.0.1:20162"));
        assertThat(route.brokers().get(0).zoneName()).isEqualTo("za");
        assertThat(route.queues().get(0).permission()).isEqualTo(7);
        assertThat(text(route.encode(true))).isEqualTo(ROUTE);
        String bare = ROUTE.replace("\"0\":", "0:").replace("\"1\":", "1:");
        assertThat(text(route.encode(false))).isEqualTo(bare);
        assertThat(TopicRoute.decode(bytes(bare))).isEqualTo(route);
    }

    @Test
    void readsAndWritesTheCapturedClusterTableAndMemberGroup() {
        String cluster =
                "{\"brokerAddrTable\":{\"broker-a\":{\"brokerAddrs\":{0:\"127.0.0.1:20110\"},\"brokerName\":\"br"
                        + "oker-a\",\"cluster\":\"DefaultCluster\",\"enableActingMaster\":false}},\"clusterAddrTable\":{\"Def"
                        + "aultCluster\":[\"broker-a\"]}}";
        assertThat(text(ClusterTable.decode(bytes(cluster)).encode())).isEqualTo(cluster);
        String members =
                "{\"brokerMemberGroup\":{\"brokerAddrs\":{0:\"127.0.0.1:20110\"},\"brokerName\":\"broker-a\",\"c"
                        + "luster\":\"DefaultCluster\"}}";
        assertThat(text(BrokerMemberGroup.decode(bytes(members)).encode())).isEqualTo(members);
    }

    @Test
    void readsAndWritesTheCapturedGroup() {
        assertThat(GroupConfig.decode(bytes(GROUP))).isEqualTo(GroupConfig.named("RG1"));
        assertThat(text(GroupConfig.named("RG1").encode())).isEqualTo(GROUP);
    }

    @Test
    void keepsAGroupsRetryPolicy() {
        for (String policy : List.of(
                "{\"exponentialRetryPolicy\":{\"initial\":5000,\"max\":7200000,\"multiplier\":2},\"type\":\"EXPONENTIAL\"}",
                "{\"customizedRetryPolicy\":{\"next\":[1000,5000]},\"type\":\"CUSTOMIZED\"}")) {
            GroupConfig group = GroupConfig.decode(bytes("{\"groupName\":\"g\",\"groupRetryPolicy\":" + policy + "}"));
            assertThat(group.retryPolicy()).isNotEqualTo(RetryPolicy.DEFAULT);
            assertThat(text(group.encode())).contains("\"groupRetryPolicy\":" + policy);
        }
    }

    @Test
    void readsAndWritesARegistration() {
        RegisterBrokerBody body = RegisterBrokerBody.decode(bytes(REGISTRATION), false, 479);
        assertThat(body.table().version()).isEqualTo(new DataVersion(1, 1795225221918L, 3));
        assertThat(body.table().topics()).isEqualTo(Map.of("TBW102", TopicConfig.of("TBW102", 8, 8, 7)));
        assertThat(text(body.encode())).isEqualTo(REGISTRATION);
        String wrapper = Json.text(Json.read(REGISTRATION).path("topicConfigSerializeWrapper"));
        assertThat(RegisterBrokerBody.decode(bytes(wrapper), false, 36)).isEqualTo(body);
        assertThat(RegisterBrokerBody.decode(bytes(""), false, 479)).isEqualTo(RegisterBrokerBody.EMPTY);
    }

    @Test
    void readsAndWritesACompressedRegistration() {
        TopicConfig topic =
                new TopicConfig("T", 4, 8, 6, TopicConfig.MULTI_TAG, 0, false, Map.of("message.type", "FIFO X"));
        TopicConfigTable table = new TopicConfigTable(
                new DataVersion(0, 5, 6),
                Map.of("T", topic),
                Map.of("S", Json.read("{\"topic\":\"S\",\"currIdMap\":{0:0}}")));
        RegisterBrokerBody body = new RegisterBrokerBody(table, List.of());
        byte[] compressed = body.encodeCompressed();
        assertThat(RegisterBrokerBody.decode(ByteBuffer.wrap(compressed), true, 479))
                .isEqualTo(body);
        assertThat(RegisterBrokerBody.decode(ByteBuffer.wrap(compressed), true, 399)
                        .table()
                        .topics())
                .isEqualTo(table.topics());
        assertThatThrownBy(() -> RegisterBrokerBody.decode(ByteBuffer.wrap(compressed), false, 479))
                .isInstanceOf(MalformedBodyException.class);
    }

    @Test
    void damagedCompressedRegistrationsAreMalformedAndNothingElse() {
        long seed = 17;
        Random random = new Random(seed);
        byte[] good = RegisterBrokerBody.decode(bytes(REGISTRATION), false, 479).encodeCompressed();
        for (int i = 0; i < 3000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 5) + 1);
            bad[random.nextInt(bad.length)] ^= (byte) random.nextInt(256);
            try {
                assertThat(RegisterBrokerBody.decode(ByteBuffer.wrap(bad), true, 479))
                        .as("seed %d", seed)
                        .isNotNull();
            } catch (MalformedBodyException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void describesATopicInTheServersWords() {
        assertThat(TopicConfig.of("TopicA", 4, 4, 6).describe())
                .isEqualTo("TopicConfig [topicName=TopicA, readQueueNums=4, writeQueueNums=4, perm=RW-,"
                        + " topicFilterType=SINGLE_TAG, topicSysFlag=0, order=false, attributes={}]");
    }

    @Test
    void writesTopicLists() {
        assertThat(text(TopicList.of(List.of("a")).encode())).isEqualTo("{\"topicList\":[\"a\"]}");
        assertThat(text(new TopicList(List.of("b"), "127.0.0.1:1").encode()))
                .isEqualTo("{\"brokerAddr\":\"127.0.0.1:1\",\"topicList\":[\"b\"]}");
    }

    private static ByteBuffer bytes(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
