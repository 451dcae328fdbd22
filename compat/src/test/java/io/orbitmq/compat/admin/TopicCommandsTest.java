package io.orbitmq.compat.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands about topics. */
class TopicCommandsTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private Mqadmin mqadmin;
    private Scenario scenario;

    @BeforeEach
    void connect() {
        mqadmin = new Mqadmin(SERVER.server().nameserver());
        scenario = SERVER.scenario(ClientVersion.V5_3_3);
    }

    @Test
    void updateTopicCreatesATopicOnOneBroker() {
        String topic = scenario.name("onbroker");

        String printed = mqadmin.run(
                "updateTopic", "-b", SERVER.server().broker(), "-t", topic, "-r", "3", "-w", "2", "-p", "6");

        assertThat(printed)
                .contains("create topic to " + SERVER.server().broker() + " success.")
                .contains("topicName=" + topic)
                .contains("readQueueNums=3")
                .contains("writeQueueNums=2")
                .contains("perm=RW-");
        assertThat(mqadmin.run("topicRoute", "-t", topic))
                .contains("\"readQueueNums\":3")
                .contains("\"writeQueueNums\":2")
                .contains("\"perm\":6")
                .contains(SERVER.server().broker());
        assertThat(scenario.producer().queues(topic)).hasSize(2);
    }

    @Test
    void updateTopicCreatesAndChangesATopicInTheWholeCluster() {
        String topic = createTopic("changed", 4);

        mqadmin.run("updateTopic", "-c", SERVER.server().clusterName(), "-t", topic, "-r", "8", "-w", "8");

        assertThat(mqadmin.run("topicRoute", "-t", topic)).contains("\"readQueueNums\":8");
    }

    @Test
    void updateTopicRefusesABadName() {
        String printed = mqadmin.run("updateTopic", "-b", SERVER.server().broker(), "-t", "bad name!");

        assertThat(printed).contains("The specified topic contains illegal characters");
    }

    @Test
    void updateTopicRefusesASystemTopic() {
        String printed = mqadmin.run("updateTopic", "-b", SERVER.server().broker(), "-t", "TBW102");

        assertThat(printed).contains("CODE: 29").contains("conflict with system topic");
    }

    @Test
    void updateTopicWithOrderWritesTheOrderConfiguration() {
        String topic = scenario.name("inorder");

        String printed = mqadmin.run(
                "updateTopic", "-c", SERVER.server().clusterName(), "-t", topic, "-r", "2", "-w", "2", "-o", "true");

        String expected = SERVER.server().brokerName() + ":2";
        assertThat(printed).contains("isOrder=true").contains(expected);
        assertThat(mqadmin.run("updateOrderConf", "-t", topic, "-m", "get")).contains(expected);
    }

    @Test
    void updateOrderConfPutsGetsAndDeletes() {
        String topic = scenario.name("orderconf");

        assertThat(mqadmin.run("updateOrderConf", "-t", topic, "-m", "put", "-v", "broker-a:2"))
                .contains("update orderConf success. topic=[" + topic + "], orderConf=[broker-a:2]");
        assertThat(mqadmin.run("updateOrderConf", "-t", topic, "-m", "get")).contains("orderConf=[broker-a:2]");
        mqadmin.run("updateOrderConf", "-t", topic, "-m", "delete");
        assertThat(mqadmin.run("updateOrderConf", "-t", topic, "-m", "get")).contains("No config item");
    }

    @Test
    void topicListShowsNewTopics() {
        String topic = createTopic("listed", 1);

        assertThat(mqadmin.run("topicList").lines().map(String::strip)).contains(topic, "TBW102");
        assertThat(mqadmin.run("topicList", "-c"))
                .contains(topic)
                .contains(SERVER.server().clusterName());
    }

    @Test
    void topicRouteTellsAnUnknownTopic() {
        assertThat(mqadmin.run("topicRoute", "-t", "nobody_made_this"))
                .contains("CODE: 17")
                .contains("No topic route info in name server for the topic: nobody_made_this");
    }

    @Test
    void topicStatusShowsTheOffsetsOfEachQueue() {
        String topic = createTopic("counted", 2);
        TestProducer producer = scenario.producer();
        for (int i = 0; i < 6; i++) {
            producer.send(Outgoing.of(topic, "m" + i));
        }

        String printed = mqadmin.run("topicStatus", "-t", topic);

        assertThat(printed.lines()
                        .filter(line -> line.startsWith(SERVER.server().brokerName())))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.trim().split("\\s+")).contains("0", "3"));
        assertThat(printed).contains("#Max Offset");
    }

    @Test
    void updateTopicPermChangesThePermission() {
        String topic = createTopic("readonly", 2);

        String printed = mqadmin.run("updateTopicPerm", "-b", SERVER.server().broker(), "-t", topic, "-p", "4");

        assertThat(printed)
                .contains("update topic perm from 6 to 4 in " + SERVER.server().broker() + " success.");
        assertThat(mqadmin.run("topicRoute", "-t", topic)).contains("\"perm\":4");
    }

    @Test
    void deleteTopicRemovesItEverywhere() {
        String topic = createTopic("doomed", 1);

        String printed =
                mqadmin.run("deleteTopic", "-t", topic, "-c", SERVER.server().clusterName());

        assertThat(printed)
                .contains("delete topic [" + topic + "] from cluster ["
                        + SERVER.server().clusterName() + "] success.")
                .contains("delete topic [" + topic + "] from NameServer success.");
        assertThat(mqadmin.run("topicRoute", "-t", topic)).contains("CODE: 17");
        assertThat(mqadmin.run("topicList").lines().map(String::strip)).doesNotContain(topic);
    }

    @Test
    void topicClusterListNamesTheCluster() {
        String topic = createTopic("clustered", 1);

        assertThat(mqadmin.run("topicClusterList", "-t", topic))
                .contains(SERVER.server().clusterName());
    }

    @Test
    void allocateMqSharesTheQueues() {
        String topic = createTopic("shared", 4);

        assertThat(mqadmin.run("allocateMQ", "-t", topic, "-i", "1.1.1.1,2.2.2.2"))
                .contains("1.1.1.1")
                .contains("2.2.2.2")
                .contains(topic);
    }

    private String createTopic(String what, int queues) {
        String topic = scenario.name(what);
        String number = String.valueOf(queues);
        assertThat(mqadmin.run(
                        "updateTopic", "-c", SERVER.server().clusterName(), "-t", topic, "-r", number, "-w", number))
                .contains("success");
        return topic;
    }
}
