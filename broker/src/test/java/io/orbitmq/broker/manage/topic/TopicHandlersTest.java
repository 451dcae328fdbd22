package io.orbitmq.broker.manage.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.broker.TopicSettings;
import io.orbitmq.broker.manage.ManageFixture;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.json.Json;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.transport.fake.RecordingExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of protocol/11 section 3.2. */
final class TopicHandlersTest {

    private static final int CREATE = 17;
    private static final int CREATE_LIST = 18;
    private static final int DELETE = 215;

    private final ManageFixture fixture = new ManageFixture();
    private final CreateTopicHandler create = new CreateTopicHandler(fixture.parts());
    private final DeleteTopicHandler delete = new DeleteTopicHandler(fixture.parts());

    @Test
    void createsATopicAndTellsTheNameservers() {
        Command answer = create("T1", "attributes", "+message.type=FIFO");

        assertThat(answer.code()).isZero();
        assertThat(fixture.topics.find("T1"))
                .contains(new TopicConfig("T1", 4, 2, 6, "SINGLE_TAG", 0, true, Map.of("message.type", "FIFO")));
        assertThat(fixture.announced).containsExactly("T1");
    }

    @Test
    void deletionIsNoSuccessWhenTheQueuesCannotBeForgotten() {
        fixture.topic("T1");
        fixture.store.refuseDeletions(Reason.DISK_FULL, "No room. Free space.");

        Command answer = fixture.ask(delete, RequestCode.DELETE_TOPIC_IN_BROKER, "topic", "T1");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).isEqualTo("the deletion of the queues of T1 was not stored: No room. Free space.");
    }

    @Test
    void answersOnlyWhenTheNameserversKnow() {
        fixture.announcement = new CompletableFuture<>();

        RecordingExchange exchange = send("T1");
        assertThat(exchange.isAnswered()).isFalse();

        fixture.announcement.complete(null);
        assertThat(exchange.response().code()).isZero();
    }

    @Test
    void whatIsAlreadySoIsNotStoredAgain() {
        create("T1");
        long version = fixture.topics.version().counter();

        assertThat(create("T1").code()).isZero();

        assertThat(fixture.topics.version().counter()).isEqualTo(version);
        assertThat(fixture.announced).containsExactly("T1");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 29, The specified topic is blank.",
        "'a b', 29, 'The specified topic contains illegal characters, allowing only ^[%|a-zA-Z0-9_-]+$'",
        "TBW102, 29, The topic[TBW102] is conflict with system topic.",
        "RMQ_SYS_TRANS_HALF_TOPIC, 29, The topic[RMQ_SYS_TRANS_HALF_TOPIC] is conflict with system topic.",
        "DefaultCluster, 29, The topic[DefaultCluster] is conflict with system topic."
    })
    void refusesNames(String name, int code, String remark) {
        Command answer = create(name);

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.remark()).isEqualTo(remark);
        assertThat(fixture.announced).isEmpty();
    }

    @Test
    void refusesLongNames() {
        assertThat(create("x".repeat(128)).code()).isEqualTo(29);
        assertThat(create("x".repeat(127)).code()).isZero();
    }

    @Test
    void systemTopicsMayBeChangedWhereTheyAreNotProtected() {
        fixture.atStart.put("x", "y");
        fixture.config.update(all ->
                all.withTopics(new TopicSettings(true, 8, true, true, false, "RMQ_SYS_TRACE_TOPIC", 6, false, true)));

        assertThat(create("TBW102").code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "+message.type=MIXED, 29, MIXED message type is not supported.",
        "+foo=1, 1, unsupported key: foo",
        "-foo, 1, unsupported key: foo"
    })
    void refusesAttributes(String attributes, int code, String remark) {
        Command answer = create("T1", "attributes", attributes);

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.remark()).isEqualTo(remark);
    }

    @ParameterizedTest
    @CsvSource({"+message.type=NONSENSE", "+queue.type=BatchCQ", "+cleanup.policy=COMPACTION", "message.type=FIFO", "+"
    })
    void refusesAttributesItWouldHaveToIgnore(String attributes) {
        Command answer = create("T1", "attributes", attributes);

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).contains(attributes.replaceAll("^.*=", ""));
        assertThat(fixture.topics.find("T1")).isEmpty();
    }

    @Test
    void attributesAreKeptChangedAndRemoved() {
        create("T1", "attributes", "+message.type=FIFO");
        create("T1");
        assertThat(attributes("T1")).containsEntry("message.type", "FIFO");

        create("T1", "attributes", "+message.type=DELAY");
        assertThat(attributes("T1")).containsEntry("message.type", "DELAY");

        create("T1", "attributes", "-message.type");
        assertThat(attributes("T1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"readQueueNums, -1", "writeQueueNums, 70000", "perm, 8", "perm, -1"})
    void refusesNumbersOutOfRange(String field, String value) {
        Command answer = create("T1", field, value);

        assertThat(answer.code()).isEqualTo(29);
        assertThat(answer.remark()).contains(value);
    }

    @Test
    void aListIsStoredAsAWholeOrNotAtAll() {
        String one = "{\"topicName\":\"A\",\"readQueueNums\":1,\"writeQueueNums\":1,\"perm\":6}";
        String two = one.replace("\"A\"", "\"B\"");
        assertThat(postList(one, two, one.replace("\"A\"", "\"bad name\"")).code())
                .isEqualTo(29);
        assertThat(fixture.topics.find("A")).isEmpty();

        assertThat(postList(one, two).code()).isZero();
        assertThat(fixture.topics.find("A")).isPresent();
        assertThat(fixture.topics.find("B")).isPresent();

        assertThat(postList(one, one.replace("\"A\"", "\"C\"")).code()).isZero();
        assertThat(fixture.topics.find("C")).isPresent();
        assertThat(fixture.announced).containsExactly("A", "B", "C");
    }

    @Test
    void deletesATopicWithItsOffsetsAndQueues() {
        fixture.topic("T1");
        fixture.store.put("T1", 0, "a", "x");
        fixture.offsets.update("G", "T1", 0, 1);
        List<String> ran = new ArrayList<>();
        fixture.holdPull("G", "T1", ran);

        assertThat(delete("T1").code()).isZero();

        assertThat(fixture.topics.find("T1")).isEmpty();
        assertThat(fixture.offsets.offset("G", "T1", 0)).isNegative();
        assertThat(fixture.store.findQueue("T1", 0)).isEmpty();
        assertThat(ran).containsExactly("G");
    }

    @Test
    void keepsOffsetsAndQueuesOfATopicWhoseDeletionTheStoreRefuses() {
        fixture.topic("T1");
        fixture.store.put("T1", 0, "a", "x");
        fixture.offsets.update("G", "T1", 0, 1);
        fixture.store.refuseNextChange(Reason.DISK_FULL, "No room. Free space.");

        assertThat(delete("T1").remark())
                .isEqualTo("the change of the table 'topics' was not stored: No room. Free space.");

        assertThat(fixture.topics.find("T1")).isPresent();
        assertThat(fixture.offsets.offset("G", "T1", 0)).isEqualTo(1);
        assertThat(fixture.store.findQueue("T1", 0)).isPresent();
    }

    @Test
    void keepsTheQueuesWhileOffsetsOfThemCannotBeRemoved() {
        fixture.store.put("T1", 0, "a", "x");
        fixture.offsets.update("G", "T1", 0, 1);
        fixture.store.refuseNextChange(Reason.DISK_FULL, "No room. Free space.");

        assertThat(delete("T1").code()).isEqualTo(1);

        assertThat(fixture.offsets.offset("G", "T1", 0)).isEqualTo(1);
        assertThat(fixture.store.findQueue("T1", 0)).isPresent();
    }

    @Test
    void deletesPopRetryTopicsButNoGroupsOwn() {
        fixture.topic("T1");
        fixture.topic("%RETRY%G_T1");
        fixture.topic("%RETRY%H_T1");
        fixture.groupConfigs.findOrCreate("H_T1");
        fixture.offsets.update("G", "T1", 0, 1);
        fixture.offsets.update("H", "T1", 0, 1);

        delete("T1");

        assertThat(fixture.topics.find("%RETRY%G_T1")).isEmpty();
        assertThat(fixture.topics.find("%RETRY%H_T1")).isPresent();
    }

    @Test
    void deletingWhatIsNotThereSucceedsAndSystemTopicsAreSafe() {
        assertThat(delete("Nope").code()).isZero();
        assertThat(delete("").remark()).isEqualTo("The specified topic is blank.");
        assertThat(delete("TBW102").code()).isEqualTo(29);
    }

    @Test
    void showsOneTopic() {
        fixture.topic("T1");
        TopicConfigHandler handler = new TopicConfigHandler(fixture.parts());

        assertThat(Json.text(fixture.json(handler, 351, "topic", "T1", "lo", "true"), "topicName"))
                .isEqualTo("T1");
        Command missing = fixture.ask(handler, 351, "topic", "Nope");
        assertThat(missing.code()).isEqualTo(17);
        assertThat(missing.remark()).isEqualTo("No topic in this broker. topic: Nope");
    }

    @Test
    void showsAllTopicsWithTheirVersion() {
        AllTopicsHandler handler = new AllTopicsHandler(fixture.parts());
        assertThat(fixture.ask(handler, 21).remark()).isEqualTo("No topic in this broker");

        fixture.topic("B");
        fixture.topic("A");
        JsonNode all = fixture.json(handler, 21);
        assertThat(all.path("topicConfigTable").fieldNames()).toIterable().containsExactly("A", "B");
        assertThat(all.path("dataVersion").path("counter").asLong()).isEqualTo(2);
    }

    @Test
    void namesTheSystemTopics() {
        JsonNode list =
                fixture.json(new SystemTopicsHandler(fixture.parts()), 305).path("topicList");

        assertThat(Json.texts(list))
                .contains("TBW102", "DefaultCluster", "broker-a", "RMQ_SYS_TRANS_HALF_TOPIC", "SCHEDULE_TOPIC_XXXX");
    }

    @Test
    void showsEveryQueueOfATopic() {
        fixture.topics.put(TopicConfig.of("T1", 1, 2, 6));
        long first = fixture.clock.epochMs();
        fixture.store.put("T1", 1, "a", "x");
        fixture.clock.advance(Duration.ofSeconds(3));
        fixture.store.put("T1", 1, "a", "y");
        TopicStatsHandler handler = new TopicStatsHandler(fixture.parts());

        JsonNode table = fixture.json(handler, 202, "topic", "T1").path("offsetTable");

        assertThat(table.size()).isEqualTo(2);
        JsonNode filled = table.path("{\"brokerName\":\"broker-a\",\"queueId\":1,\"topic\":\"T1\"}");
        assertThat(filled.path("maxOffset").asLong()).isEqualTo(2);
        assertThat(filled.path("lastUpdateTimestamp").asLong()).isEqualTo(first + 3_000);
        JsonNode empty = table.path("{\"brokerName\":\"broker-a\",\"queueId\":0,\"topic\":\"T1\"}");
        assertThat(empty.path("lastUpdateTimestamp").asLong()).isZero();
        assertThat(fixture.ask(handler, 202, "topic", "Nope").remark()).isEqualTo("topic[Nope] not exist");
    }

    @Test
    void namesGroupsThatSubscribeOrHaveOffsets() {
        fixture.liveGroup("Online", "T1");
        fixture.offsets.update("Offline", "T1", 0, 1);

        JsonNode list = fixture.json(new TopicConsumersHandler(fixture.parts()), 300, "topic", "T1");

        assertThat(Json.texts(list.path("groupList"))).containsExactly("Offline", "Online");
    }

    @Test
    void showsIndexEntries() {
        fixture.topic("T1");
        fixture.store.put("T1", 0, "a", "x");
        long second = fixture.store.put("T1", 0, "b", "y");
        QueueEntriesHandler handler = new QueueEntriesHandler(fixture.parts());

        JsonNode answer = fixture.json(
                handler, 321, "topic", "T1", "queueId", "0", "index", "1", "count", "10", "consumerGroup", "G");

        assertThat(answer.path("maxQueueIndex").asLong()).isEqualTo(2);
        assertThat(answer.path("filterData").asText()).isEqualTo("G@T1 is not online!");
        JsonNode entry = answer.path("queueData").path(0);
        assertThat(answer.path("queueData").size()).isEqualTo(1);
        assertThat(entry.path("physicOffset").asLong()).isEqualTo(second);
        assertThat(entry.path("tagsCode").asLong()).isEqualTo("b".hashCode());

        Command missing = fixture.ask(handler, 321, "topic", "T1", "queueId", "9", "index", "0", "count", "1");
        assertThat(missing.remark()).isEqualTo("9@T1 is not exist!");
    }

    private Map<String, String> attributes(String topic) {
        return fixture.topics.find(topic).orElseThrow().attributes();
    }

    private Command create(String name, String... more) {
        return send(name, more).response();
    }

    private RecordingExchange send(String name, String... more) {
        List<String> fields = new ArrayList<>(
                List.of("topic", name, "defaultTopic", "TBW102", "readQueueNums", "4", "writeQueueNums", "2"));
        fields.addAll(List.of("perm", "6", "topicFilterType", "SINGLE_TAG", "order", "true"));
        fields.addAll(List.of(more));
        return fixture.send(create, CREATE, "", fields.toArray(String[]::new));
    }

    private Command postList(String... topics) {
        return fixture.post(create, CREATE_LIST, "{\"topicConfigList\":[" + String.join(",", topics) + "]}");
    }

    private Command delete(String topic) {
        return fixture.ask(delete, DELETE, "topic", topic);
    }
}
