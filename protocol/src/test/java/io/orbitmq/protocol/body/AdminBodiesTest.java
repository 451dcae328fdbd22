package io.orbitmq.protocol.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.body.broker.StatsSnapshot;
import io.orbitmq.protocol.body.broker.TextTable;
import io.orbitmq.protocol.body.client.ClientConfigCheck;
import io.orbitmq.protocol.body.client.ConsumerConnections;
import io.orbitmq.protocol.body.client.ConsumerList;
import io.orbitmq.protocol.body.client.ProducerConnections;
import io.orbitmq.protocol.body.client.ProducerTable;
import io.orbitmq.protocol.body.group.Assignment;
import io.orbitmq.protocol.body.group.AssignmentQuery;
import io.orbitmq.protocol.body.group.GroupConfigList;
import io.orbitmq.protocol.body.group.GroupConfigTable;
import io.orbitmq.protocol.body.group.GroupList;
import io.orbitmq.protocol.body.group.GroupTopic;
import io.orbitmq.protocol.body.group.MessageRequestMode;
import io.orbitmq.protocol.body.group.MessageRequestModes;
import io.orbitmq.protocol.body.queue.BrokerConsumeStats;
import io.orbitmq.protocol.body.queue.ConsumeStats;
import io.orbitmq.protocol.body.queue.ConsumeTimeSpans;
import io.orbitmq.protocol.body.queue.ConsumerStatus;
import io.orbitmq.protocol.body.queue.GroupOffsets;
import io.orbitmq.protocol.body.queue.LockBatchBody;
import io.orbitmq.protocol.body.queue.LockedQueues;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.queue.QueueEntries;
import io.orbitmq.protocol.body.queue.QueueOffsets;
import io.orbitmq.protocol.body.queue.TopicStats;
import io.orbitmq.protocol.body.topic.TopicConfigList;
import io.orbitmq.protocol.body.topic.TopicConfigTable;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every body read from what official peers print and written back with the same meaning. */
class AdminBodiesTest {

    private static final String MQ = "{\"brokerName\":\"broker-a\",\"queueId\":1,\"topic\":\"T1\"}";

    static Stream<Arguments> captured() {
        return Stream.concat(aboutQueues(), aboutClientsAndGroups());
    }

    private static Stream<Arguments> aboutQueues() {
        return Stream.of(
                body(
                        "{\"clientId\":\"c\",\"consumerGroup\":\"GOrd\",\"mqSet\":[" + MQ
                                + "],\"onlyThisBroker\":false}",
                        b -> LockBatchBody.decode(b).encode()),
                body("{\"lockOKMQSet\":[" + MQ + "]}", b -> LockedQueues.decode(b)
                        .encode()),
                body("{\"offsetTable\":{" + MQ + ":6}}", b -> QueueOffsets.decode(b)
                        .encode()),
                body(
                        "{\"consumerTable\":{\"c1\":{" + MQ + ":3}},\"messageQueueTable\":{" + MQ + ":1}}",
                        b -> ConsumerStatus.decode(b).encode()),
                body(
                        "{\"offsetTable\":{" + MQ
                                + ":{\"lastUpdateTimestamp\":1795225118221,\"maxOffset\":4,\"minOffset\":"
                                + "0}},\"topicPutTps\":0.3249918752031199}",
                        b -> TopicStats.decode(b).encode()),
                body(
                        "{\"consumeTps\":0.31,\"offsetTable\":{" + MQ
                                + ":{\"brokerOffset\":4,\"consumerOffset\":4,\"lastTi"
                                + "mestamp\":1795225118221,\"pullOffset\":4}}}",
                        b -> ConsumeStats.decode(b).encode()),
                body(
                        "{\"brokerAddr\":\"127.0.0.1:10911\",\"consumeStatsList\":[{\"CG1\":[{\"consumeTps\":0.05,\"offsetTa"
                                + "ble\":{" + MQ
                                + ":{\"brokerOffset\":4,\"consumerOffset\":1,\"lastTimestamp\":0,\"pullO"
                                + "ffset\":2}}}]},{\"CG2\":[]}],\"totalDiff\":0,\"totalInflightDiff\":-18}",
                        b -> BrokerConsumeStats.decode(b).encode()),
                body(
                        "{\"consumeTimeSpanSet\":[{\"consumeTimeStamp\":1,\"delayTime\":2,\"maxTimeStamp\":3,\"messageQueue"
                                + "\":" + MQ + ",\"minTimeStamp\":4}]}",
                        b -> ConsumeTimeSpans.decode(b).encode()),
                body(
                        "{\"filterData\":\"null\",\"maxQueueIndex\":4,\"minQueueIndex\":0,\"queueData\":[{\"eval\":false,\"p"
                                + "hysicOffset\":792,\"physicSize\":264,\"tagsCode\":3135262}],\"subscriptionData\":{\"t"
                                + "opic\":\"T1\"}}",
                        b -> QueueEntries.decode(b).encode()),
                body(
                        "{\"dataVersion\":{\"counter\":1,\"stateVersion\":0,\"timestamp\":5},\"offsetTable\":{\"T1@CG1\":{0:"
                                + "3,1:4}}}",
                        b -> GroupOffsets.decode(b).encode()));
    }

    private static Stream<Arguments> aboutClientsAndGroups() {
        return Stream.of(
                body("{\"consumerIdList\":[\"192.0.2.2@c2\"]}", b -> ConsumerList.decode(b)
                        .encode()),
                body(
                        "{\"connectionSet\":[{\"clientAddr\":\"127.0.0.1:55666\",\"clientId\":\"10.0.0.2@1\",\"language\":\""
                                + "JAVA\",\"version\":479}],\"consumeFromWhere\":\"CONSUME_FROM_FIRST_OFFSET\",\"consume"
                                + "Type\":\"CONSUME_PASSIVELY\",\"messageModel\":\"CLUSTERING\",\"subscriptionTable\":{"
                                + "\"T1\":{\"classFilterMode\":false,\"codeSet\":[],\"expressionType\":\"TAG\",\"subStri"
                                + "ng\":\"*\",\"subVersion\":1795225099794,\"tagsSet\":[],\"topic\":\"T1\"}}}",
                        b -> ConsumerConnections.decode(b).encode()),
                body(
                        "{\"connectionSet\":[{\"clientAddr\":\"127.0.0.1:55676\",\"clientId\":\"p\",\"language\":\"JAVA\",\""
                                + "version\":479}]}",
                        b -> ProducerConnections.decode(b).encode()),
                body(
                        "{\"data\":{\"PG1\":[{\"clientId\":\"c\",\"language\":\"JAVA\",\"lastUpdateTimestamp\":7,\"remoteIP\""
                                + ":\"/127.0.0.1:55676\",\"version\":479}]}}",
                        b -> ProducerTable.decode(b).encode()),
                body(
                        "{\"clientId\":\"c\",\"group\":\"g\",\"subscriptionData\":{\"classFilterMode\":false,\"codeSet\":[1]"
                                + ",\"expressionType\":\"SQL92\",\"subString\":\"a > 1\",\"subVersion\":1,\"tagsSet\":[]"
                                + ",\"topic\":\"T1\"}}",
                        b -> ClientConfigCheck.decode(b).encode()),
                body("{\"groupList\":[\"CG1\"]}", b -> GroupList.decode(b).encode()),
                body("{\"group\":\"g\",\"readable\":true,\"topic\":\"t\"}", b -> GroupTopic.decode(b)
                        .encode()),
                body(
                        "{\"consumerGroup\":\"CG2\",\"mode\":\"POP\",\"popShareQueueNum\":2,\"topic\":\"T1\"}",
                        b -> MessageRequestMode.decode(b).encode()),
                body(
                        "{\"messageRequestModeMap\":{\"T1\":{\"CG2\":{\"consumerGroup\":\"CG2\",\"mode\":\"POP\",\"popSha"
                                + "reQueueNum\":2,\"topic\":\"T1\"}}}}",
                        b -> MessageRequestModes.decode(b).encode()),
                body(
                        "{\"clientId\":\"c\",\"consumerGroup\":\"GPop\",\"messageModel\":\"CLUSTERING\",\"strategyName\":"
                                + "\"AVG\",\"topic\":\"TopPop\"}",
                        b -> AssignmentQuery.decode(b).encode()),
                body(
                        "{\"messageQueueAssignments\":[{\"messageQueue\":{\"brokerName\":\"broker-a\",\"queueId\":-1,\"topic"
                                + "\":\"TopPop\"},\"mode\":\"POP\"}]}",
                        b -> Assignment.decode(b).orElseThrow().encode()),
                body(
                        "{\"messageQueueAssignments\":[]}",
                        b -> Assignment.decode(b).orElseThrow().encode()),
                body(
                        "{\"statsDay\":{\"avgpt\":0.0,\"sum\":0,\"tps\":0.0},\"statsHour\":{\"avgpt\":0.0,\"sum\":2,\"tps\":"
                                + "0.5},\"statsMinute\":{\"avgpt\":1.0,\"sum\":1,\"tps\":0.0166}}",
                        b -> StatsSnapshot.decode(b).encode()),
                body("{\"table\":{\"brokerVersion\":\"479\"}}", b -> TextTable.decode(b)
                        .encode()));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void isReadAndWrittenWithTheSameMeaning(String json, Function<ByteBuffer, byte[]> mapping) {
        byte[] written = mapping.apply(bytes(json));
        assertThat(Json.read(written)).isEqualTo(Json.read(json));
        assertThat(mapping.apply(ByteBuffer.wrap(written))).isEqualTo(written);
    }

    @Test
    void listsOfSettingsKeepEachSetting() {
        String topic =
                "{\"topicName\":\"T2\",\"readQueueNums\":2,\"perm\":6,\"attributes\":{\"message.type\":\"FIFO\"}}";
        TopicConfigList topics = TopicConfigList.decode(bytes("{\"topicConfigList\":[" + topic + "]}"));
        assertThat(topics.topics().get(0).attributes()).isEqualTo(Map.of("message.type", "FIFO"));
        assertThat(TopicConfigList.decode(ByteBuffer.wrap(topics.encode()))).isEqualTo(topics);

        GroupConfigList groups = GroupConfigList.decode(bytes("{\"groupConfigList\":[{\"groupName\":\"g\"}]}"));
        assertThat(GroupConfigList.decode(ByteBuffer.wrap(groups.encode()))).isEqualTo(groups);

        GroupConfigTable table = GroupConfigTable.decode(
                bytes(
                        "{\"dataVersion\":{\"counter\":9},\"subscriptionGroupTable\":{\"g\":{\"groupName\":\"g\",\"retryMaxTimes\":3}}}"));
        assertThat(table.version().counter()).isEqualTo(9);
        assertThat(GroupConfigTable.decode(ByteBuffer.wrap(table.encode()))).isEqualTo(table);

        TopicConfigTable all = TopicConfigTable.decode(bytes("{\"topicConfigTable\":{\"T2\":" + topic + "}}"));
        assertThat(TopicConfigTable.decode(ByteBuffer.wrap(all.encode()))).isEqualTo(all);
    }

    @Test
    void queueKeysAreWrittenAsText() {
        String written = new String(
                new QueueOffsets(Map.of(new MessageQueueKey("T1", "broker-a", 1), 6L)).encode(),
                StandardCharsets.UTF_8);
        assertThat(written).isEqualTo("{\"offsetTable\":{\"" + MQ.replace("\"", "\\\"") + "\":6}}");
    }

    private static Arguments body(String json, Function<ByteBuffer, byte[]> mapping) {
        return Arguments.of(json, mapping);
    }

    private static ByteBuffer bytes(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }
}
