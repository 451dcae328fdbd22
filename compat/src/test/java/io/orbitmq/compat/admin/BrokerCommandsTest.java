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

/** Commands about the cluster, a broker and the name server. */
class BrokerCommandsTest {

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
    void clusterListShowsTheBroker() {
        String printed = mqadmin.run("clusterList");

        assertThat(printed)
                .contains("#Cluster Name")
                .containsPattern(
                        SERVER.server().clusterName() + "\\s+" + SERVER.server().brokerName() + "\\s+0\\s+"
                                + SERVER.server().broker());
        assertThat(mqadmin.run("clusterList", "-m")).contains(SERVER.server().brokerName());
    }

    @Test
    void brokerStatusShowsTheRuntimeFigures() {
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "figures", 1);
        producer.send(Outgoing.of(topic, "one"));

        assertThat(mqadmin.run("brokerStatus", "-b", SERVER.server().broker()))
                .containsPattern("brokerVersionDesc\\s*:")
                .containsPattern("bootTimestamp\\s*:\\s*\\d{13}")
                .containsPattern("commitLogMaxOffset\\s*:\\s*[1-9]")
                .containsPattern("putTps\\s*:\\s*[0-9.]+")
                .containsPattern("msgPutTotalTodayNow\\s*:\\s*[1-9]")
                .containsPattern("runtime\\s*:\\s*\\[");
    }

    @Test
    void getBrokerConfigPrintsTheSettings() {
        assertThat(mqadmin.run("getBrokerConfig", "-b", SERVER.server().broker()))
                .contains("============" + SERVER.server().broker() + "============")
                .containsPattern("brokerName\\s*=\\s*" + SERVER.server().brokerName())
                .containsPattern("autoCreateTopicEnable\\s*=\\s*true")
                .containsPattern("flushDiskType\\s*=\\s*\\w+_FLUSH");
        assertThat(mqadmin.run("getBrokerConfig", "-c", SERVER.server().clusterName()))
                .contains(SERVER.server().broker());
    }

    @Test
    void updateBrokerConfigChangesASetting() {
        String broker = SERVER.server().broker();

        assertThat(mqadmin.run("updateBrokerConfig", "-b", broker, "-k", "shortPollingTimeMills", "-v", "1234"))
                .contains("update broker config success, " + broker);

        assertThat(mqadmin.run("getBrokerConfig", "-b", broker)).containsPattern("shortPollingTimeMills\\s*=\\s*1234");
    }

    @Test
    void wipeWritePermKeepsProducersAwayUntilAddWritePerm() {
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "wiped", 2);
        String name = SERVER.server().brokerName();

        assertThat(mqadmin.run("wipeWritePerm", "-b", name)).contains("wipe write perm of broker[" + name + "]");
        assertThat(mqadmin.run("topicRoute", "-t", topic)).contains("\"perm\":4");
        assertThat(mqadmin.run("addWritePerm", "-b", name)).contains("add write perm of broker[" + name + "]");
        assertThat(mqadmin.run("topicRoute", "-t", topic)).contains("\"perm\":6");
    }

    @Test
    void updateKvConfigAndDeleteKvConfigSucceed() {
        assertThat(mqadmin.run("updateKvConfig", "-s", "SPACE", "-k", "key", "-v", "value"))
                .contains("create or update kv config to namespace success.");
        assertThat(mqadmin.run("deleteKvConfig", "-s", "SPACE", "-k", "key"))
                .contains("delete kv config from namespace success.");
    }

    @Test
    void namesrvConfigIsShownAndChanged() {
        assertThat(mqadmin.run("getNamesrvConfig"))
                .contains("============" + SERVER.server().nameserver() + "============")
                .containsPattern("listenPort\\s*=\\s*\\d+");
        assertThat(mqadmin.run("updateNamesrvConfig", "-k", "orderMessageEnable", "-v", "true"))
                .contains("update name server config success!");
        assertThat(mqadmin.run("getNamesrvConfig")).containsPattern("orderMessageEnable\\s*=\\s*true");
    }

    @Test
    void statsAllListsTopicsAndGroups() {
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "statistics", 1);
        producer.send(Outgoing.of(topic, "one"));

        assertThat(mqadmin.run("statsAll", "-t", topic))
                .contains("#Accumulation")
                .contains(topic);
    }

    @Test
    void houseKeepingCommandsSucceed() {
        String broker = SERVER.server().broker();

        assertThat(mqadmin.run("cleanExpiredCQ", "-b", broker)).contains("success");
        assertThat(mqadmin.run("cleanUnusedTopic", "-b", broker)).contains("success");
        assertThat(mqadmin.run("deleteExpiredCommitLog", "-b", broker)).contains("success");
    }

    @Test
    void exportConfigsAndMetadataWriteFiles() {
        String directory =
                io.orbitmq.compat.harness.Workspace.newDirectory("export").toString();

        assertThat(mqadmin.run("exportConfigs", "-c", SERVER.server().clusterName(), "-f", directory))
                .contains("configs.json");
        assertThat(mqadmin.run("exportMetadata", "-c", SERVER.server().clusterName(), "-f", directory))
                .contains("metadata.json");
    }
}
