package io.orbitmq.compat.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import io.orbitmq.compat.server.OrbitTool;
import io.orbitmq.compat.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two consumers of one group that subscribed to different tags. */
class SubscriptionConflictTest {

    private static final int QUEUES = 4;
    private static final int ROUNDS = 8;

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private final ConcurrentLinkedQueue<Received> ofA = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Received> ofB = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource
    void eachGetsAllItSubscribedToInItsQueues(ClientVersion version) {
        assumeFalse(TestServers.isOfficial(), "there the last heartbeat decides for the whole group");
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "mixed", QUEUES);
        String group = scenario.name("divided");
        startBoth(scenario, group, topic);
        settle(producer, topic);
        int before = ofA.size() + ofB.size();

        // Over several heartbeats of both, each of which would hand the group over to the other's tag.
        for (int round = 0; round < ROUNDS; round++) {
            long expected = before + (round + 1L) * QUEUES * 2;
            for (int queue = 0; queue < QUEUES; queue++) {
                for (String tag : List.of("TagA", "TagB", "TagA", "TagB")) {
                    producer.send(Outgoing.of(topic, "round " + round).tag(tag), queue(topic, queue));
                }
            }
            Scenario.await("two messages of each queue")
                    .pollDelay(Duration.ofMillis(700))
                    .until(() -> ofA.size() + ofB.size() >= expected);
        }

        assertThat(ofA.size() + ofB.size()).isEqualTo(before + ROUNDS * QUEUES * 2);
        assertThat(ofA).allMatch(message -> message.tag().equals("TagA"));
        assertThat(ofB).allMatch(message -> message.tag().equals("TagB"));
        assertThat(ofA).isNotEmpty();
        assertThat(ofB).isNotEmpty();
    }

    /** The tool compares them itself, but only of clients that run for two minutes; until then it calls all the same. */
    @Test
    void consumerStatusShowsEachConsumersOwnSubscription() {
        Scenario scenario = SERVER.scenario(ClientVersion.V5_3_3);
        String topic = scenario.topic(scenario.producer(), "shown", QUEUES);
        String group = scenario.name("shown");
        startBoth(scenario, group, topic);

        Mqadmin mqadmin = new Mqadmin(SERVER.server().nameserver());
        for (String member : List.of("A", "B")) {
            Pattern id = Pattern.compile("\\S+@" + scenario.name("member" + member) + "\\S*");
            Scenario.await("member " + member).untilAsserted(() -> {
                Matcher found = id.matcher(mqadmin.run("consumerConnection", "-g", group));
                assertThat(found.find()).isTrue();
                assertThat(mqadmin.run("consumerStatus", "-g", group, "-i", found.group()))
                        .containsPattern("Topic: " + topic + "\\s.*SubExpression: Tag" + member);
            });
        }
    }

    @Test
    void theToolPrintsEachConsumersSubscriptionsAndTheConflict() {
        assumeFalse(TestServers.isOfficial(), "a request of our own");
        Scenario scenario = SERVER.scenario(ClientVersion.V4_9_8);
        String topic = scenario.topic(scenario.producer(), "printed", QUEUES);
        String group = scenario.name("printed");
        startBoth(scenario, group, topic);

        Scenario.await("both members").untilAsserted(() -> {
            try (ChildProcess tool = OrbitTool.start(List.of(
                    "group", "subscriptions", group, "-n", SERVER.server().nameserver()))) {
                assertThat(tool.awaitEnd(Duration.ofSeconds(30))).isEqualTo(1);
                assertThat(tool.text())
                        .contains(scenario.name("memberA"))
                        .contains(scenario.name("memberB"))
                        .containsPattern("SUBSCRIPTION of " + topic + ": .* told \"Tag[AB]\", .* told \"Tag[AB]\"");
            }
        });
        assertThat(new Mqadmin(SERVER.server().nameserver())
                        .run("brokerStatus", "-b", SERVER.server().broker()))
                .containsPattern("subscriptionConflictsReported\\s*:\\s*[1-9]");
    }

    private void startBoth(Scenario scenario, String group, String topic) {
        ConsumerPlan plan = scenario.consumerPlan(group, topic);
        scenario.push(plan.expression("TagA").named(scenario.name("memberA")), ofA::addAll);
        scenario.push(plan.expression("TagB").named(scenario.name("memberB")), ofB::addAll);
    }

    /** Sends until each consumer has got a message from two queues, so that the queues are shared out. */
    private void settle(TestProducer producer, String topic) {
        Scenario.await("queues shared out").pollInterval(Duration.ofMillis(200)).until(() -> {
            ofA.clear();
            ofB.clear();
            for (int queue = 0; queue < QUEUES; queue++) {
                producer.send(Outgoing.of(topic, "settle").tag("TagA"), queue(topic, queue));
                producer.send(Outgoing.of(topic, "settle").tag("TagB"), queue(topic, queue));
            }
            Scenario.await("an answer of somebody").until(() -> ofA.size() + ofB.size() >= QUEUES);
            return queuesOf(ofA) == QUEUES / 2 && queuesOf(ofB) == QUEUES / 2;
        });
    }

    private static long queuesOf(ConcurrentLinkedQueue<Received> inbox) {
        return inbox.stream().map(message -> message.queue().id()).distinct().count();
    }

    private static Queue queue(String topic, int id) {
        return new Queue(topic, SERVER.server().brokerName(), id);
    }
}
