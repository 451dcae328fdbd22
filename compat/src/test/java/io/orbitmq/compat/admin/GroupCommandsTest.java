package io.orbitmq.compat.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.TestConsumer;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands about groups, their members and their offsets. */
class GroupCommandsTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private final Queue<String> consumed = new ConcurrentLinkedQueue<>();
    private Mqadmin mqadmin;
    private Scenario scenario;
    private TestProducer producer;

    @BeforeEach
    void connect() {
        mqadmin = new Mqadmin(SERVER.server().nameserver());
        scenario = SERVER.scenario(ClientVersion.V5_3_3);
        producer = scenario.producer();
    }

    @Test
    void updateSubGroupCreatesAGroupAndDeleteSubGroupRemovesIt() {
        String group = scenario.name("made");
        String broker = SERVER.server().broker();

        assertThat(mqadmin.run("updateSubGroup", "-b", broker, "-g", group, "-r", "3", "-q", "2"))
                .contains("create subscription group to " + broker + " success.")
                .contains(group);
        assertThat(mqadmin.run("getConsumerConfig", "-g", group))
                .containsPattern("retryMaxTimes\\s*=\\s*3")
                .containsPattern("retryQueueNums\\s*=\\s*2");
        assertThat(mqadmin.run("deleteSubGroup", "-b", broker, "-g", group))
                .contains("delete subscription group [" + group + "] from broker [" + broker + "] success.");
    }

    @Test
    void aDisabledGroupGetsNothing() {
        String topic = scenario.topic(producer, "blocked", 1);
        String group = scenario.name("disabled");
        mqadmin.run("updateSubGroup", "-b", SERVER.server().broker(), "-g", group, "-s", "false");
        consumer(group, topic);
        producer.send(Outgoing.of(topic, "first"));
        assertThat(mqadmin.run("getConsumerConfig", "-g", group)).containsPattern("consumeEnable\\s*=\\s*false");

        mqadmin.run("updateSubGroup", "-b", SERVER.server().broker(), "-g", group, "-s", "true");

        Scenario.await("the message").until(() -> consumed.size() == 1);
    }

    @Test
    void consumerProgressShowsOffsetsAndWhatIsLeft() {
        String topic = scenario.topic(producer, "progress", 2);
        String group = scenario.name("walker");
        TestConsumer consumer = consumer(group, topic);
        send(topic, 10);
        Scenario.await("consumed").until(() -> consumed.size() == 10);
        consumer.close();
        send(topic, 4);

        String printed = mqadmin.run("consumerProgress", "-g", group);

        assertThat(printed).contains(topic).contains("#Broker Offset").contains("Consume Diff Total: 4");
        assertThat(mqadmin.run("consumerProgress")).contains(group);
        assertThat(mqadmin.run("consumerProgress", "-g", group, "-t", topic)).contains("Consume Diff Total: 4");
    }

    @Test
    void consumerConnectionShowsMembersAndSubscriptions() {
        String topic = scenario.topic(producer, "members", 1);
        String group = scenario.name("club");
        String instance = scenario.name("member");
        scenario.push(
                scenario.consumerPlan(group, topic).expression("TagA || TagB").named(instance), batch -> true);

        Scenario.await("the member").untilAsserted(() -> assertThat(mqadmin.run("consumerConnection", "-g", group))
                .contains(instance)
                .contains("JAVA")
                .contains("V5_3_3")
                .contains("TagA || TagB")
                .contains("ConsumeType: CONSUME_PASSIVELY")
                .contains("MessageModel: CLUSTERING")
                .contains("ConsumeFromWhere: CONSUME_FROM_FIRST_OFFSET"));
        assertThat(mqadmin.run("consumerStatus", "-g", group)).contains(instance);
    }

    @Test
    void consumerConnectionTellsThatNobodyIsOnline() {
        String topic = scenario.topic(producer, "deserted", 1);
        String group = scenario.name("gone");
        consumer(group, topic).close();

        Scenario.await("nobody").untilAsserted(() -> assertThat(mqadmin.run("consumerConnection", "-g", group))
                .contains("CODE: 206")
                .contains("not online"));
    }

    @Test
    void producerConnectionShowsTheProducer() {
        String topic = scenario.topic(producer, "produced", 1);
        String instance = scenario.name("maker");
        TestProducer named = scenario.producer(scenario.producerPlan().named(instance));
        named.send(Outgoing.of(topic, "here I am"));

        Scenario.await("the producer").untilAsserted(() -> assertThat(
                        mqadmin.run("producerConnection", "-g", scenario.name("producers"), "-t", topic))
                .contains(instance)
                .contains("JAVA"));
        assertThat(mqadmin.run("producer", "-b", SERVER.server().broker())).contains(instance);
        assertThat(mqadmin.run("producerConnection", "-g", "no_such_producers", "-t", topic))
                .contains("the producer group[no_such_producers] not exist");
    }

    @Test
    void brokerConsumeStatsListsTheGroup() {
        String topic = scenario.topic(producer, "stats", 1);
        String group = scenario.name("counted");
        consumer(group, topic);
        send(topic, 3);
        Scenario.await("consumed").until(() -> consumed.size() == 3);

        awaitNothingLeft(group, topic);

        // Asked once: the tool keeps the connection of this command and cannot run it twice in one process.
        assertThat(mqadmin.run("brokerConsumeStats", "-b", SERVER.server().broker()))
                .contains(topic)
                .contains(group)
                .contains("Diff Total");
    }

    @Test
    void resetOffsetByTimeBringsMessagesAgain() {
        String topic = scenario.topic(producer, "rewound", 2);
        String group = scenario.name("rewinder");
        consumer(group, topic);
        send(topic, 6);
        Scenario.await("consumed").until(() -> consumed.size() == 6);
        awaitNothingLeft(group, topic);

        assertThat(mqadmin.run("resetOffsetByTime", "-g", group, "-t", topic, "-s", "0"))
                .contains(SERVER.server().brokerName());
        send(topic, 2);

        Scenario.await("all again").until(() -> consumed.size() >= 14);
    }

    @Test
    void skipAccumulatedMessageGoesToTheEnd() {
        String topic = scenario.topic(producer, "skipped", 2);
        String group = scenario.name("skipper");
        TestConsumer first = consumer(group, topic);
        send(topic, 2);
        Scenario.await("consumed").until(() -> consumed.size() == 2);
        first.close();
        send(topic, 8);

        assertThat(mqadmin.run("skipAccumulatedMessage", "-g", group, "-t", topic))
                .contains(SERVER.server().brokerName());

        assertThat(mqadmin.run("consumerProgress", "-g", group, "-t", topic)).contains("Consume Diff Total: 0");
        consumer(group, topic);
        producer.send(Outgoing.of(topic, "after the skip"));
        Scenario.await("the new message").until(() -> consumed.contains("after the skip"));
        assertThat(consumed).hasSize(3);
    }

    @Test
    void cloneGroupOffsetCopiesOffsets() {
        String topic = scenario.topic(producer, "cloned", 1);
        String source = scenario.name("source");
        TestConsumer consumer = consumer(source, topic);
        send(topic, 5);
        Scenario.await("consumed").until(() -> consumed.size() == 5);
        consumer.close();
        String target = scenario.name("target");
        consumer(target, topic).close();

        assertThat(mqadmin.run("cloneGroupOffset", "-s", source, "-d", target, "-t", topic, "-o", "true"))
                .contains("clone group offset success");

        assertThat(mqadmin.run("consumerProgress", "-g", target, "-t", topic)).contains("Consume Diff Total: 0");
    }

    @Test
    void setConsumeModeMakesAGroupPopATopic() {
        String topic = scenario.topic(producer, "mode", 1);
        String group = scenario.name("moded");
        String broker = SERVER.server().broker();

        assertThat(mqadmin.run("setConsumeMode", "-b", broker, "-t", topic, "-g", group, "-m", "POP", "-q", "2"))
                .contains("set consume mode to " + broker + " success.")
                .contains(topic)
                .contains(group)
                .contains("POP");
        assertThat(mqadmin.run(
                        "setConsumeMode", "-c", SERVER.server().clusterName(), "-t", topic, "-g", group, "-m", "PULL"))
                .contains("set consume mode to " + broker + " success.");
        assertThat(mqadmin.run(
                        "setConsumeMode", "-b", broker, "-t", "no_such_topic", "-g", group, "-m", "POP", "-q", "2"))
                .contains("CODE: 17")
                .contains("topic[no_such_topic] not exist");
    }

    @Test
    void consumerProgressShowsWhatIsHandedOutAndNotDone() {
        String topic = scenario.topic(producer, "inflight", 1);
        String group = scenario.name("holder");
        CountDownLatch done = new CountDownLatch(1);
        scenario.push(scenario.consumerPlan(group, topic), batch -> {
            await(done);
            return true;
        });

        send(topic, 4);

        progress(group, topic, "Consume Diff Total: 4", "Consume Inflight Total: 4");
        done.countDown();
        progress(group, topic, "Consume Diff Total: 0", "Consume Inflight Total: 0");
    }

    private void progress(String group, String topic, String... lines) {
        Scenario.await("the progress")
                .untilAsserted(() -> assertThat(mqadmin.run("consumerProgress", "-g", group, "-t", topic))
                        .contains(lines));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitNothingLeft(String group, String topic) {
        Scenario.await("the committed offsets")
                .untilAsserted(() -> assertThat(mqadmin.run("consumerProgress", "-g", group, "-t", topic))
                        .contains("Consume Diff Total: 0"));
    }

    private TestConsumer consumer(String group, String topic) {
        return scenario.push(scenario.consumerPlan(group, topic), batch -> {
            batch.forEach(message -> consumed.add(message.text()));
            return true;
        });
    }

    private void send(String topic, int count) {
        for (int i = 0; i < count; i++) {
            producer.send(Outgoing.of(topic, "m" + i));
        }
    }
}
