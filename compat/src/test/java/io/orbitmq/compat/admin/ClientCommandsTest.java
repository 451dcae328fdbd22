package io.orbitmq.compat.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestConsumer;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands that reach through the broker to one client, and offsets and limits set by hand. */
class ClientCommandsTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private final ConcurrentLinkedQueue<Received> consumed = new ConcurrentLinkedQueue<>();
    private final Mqadmin mqadmin = new Mqadmin(SERVER.server().nameserver());

    @ParameterizedTest
    @EnumSource
    void aMessageIsGivenToOneClientByHand(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "byhand", 1);
        String group = scenario.name("fed");
        start(scenario, group, topic);
        Sent sent = producer.send(Outgoing.of(topic, "again, please"));
        Scenario.await("the message").until(() -> consumed.size() == 1);

        String printed = mqadmin.run(
                "queryMsgById",
                "-t",
                topic,
                "-i",
                sent.offsetMessageId(),
                "-g",
                group,
                "-d",
                clientId(scenario, group));

        assertThat(printed).contains("CR_SUCCESS");
        Scenario.await("the second time").until(() -> consumed.size() == 2);
        assertThat(consumed).extracting(Received::text).containsOnly("again, please");
    }

    @ParameterizedTest
    @EnumSource
    void consumerStatusOfOneClientPrintsItsQueuesAndSettings(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "status", 2);
        String group = scenario.name("asked");
        start(scenario, group, topic);
        producer.send(Outgoing.of(topic, "one"));
        Scenario.await("the message").until(() -> consumed.size() == 1);

        assertThat(mqadmin.run("consumerStatus", "-g", group, "-i", clientId(scenario, group), "-s", "true"))
                .contains("#Consumer Subscription#")
                .contains(topic)
                .contains("PROP_CONSUMER_START_TIMESTAMP")
                .contains("#Consumer Offset#")
                .contains("#Consumer RT&TPS#")
                .contains("ConsumeMessageThread_");
    }

    @ParameterizedTest
    @EnumSource
    void oneQueueIsSetToAnOffset(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "oneQueue", 1);
        String group = scenario.name("setback");
        TestConsumer first = start(scenario, group, topic);
        for (int i = 0; i < 10; i++) {
            producer.send(Outgoing.of(topic, "m" + i));
        }
        Scenario.await("all").until(() -> consumed.size() == 10);
        first.close();
        consumed.clear();

        String broker = SERVER.server().broker();
        assertThat(mqadmin.run(
                        "resetOffsetByTime", "-g", group, "-t", topic, "-s", "now", "-b", broker, "-q", "0", "-o", "7"))
                .contains("reset consumer offset to 7");
        start(scenario, group, topic);

        Scenario.await("the last three").until(() -> consumed.size() >= 3);
        assertThat(consumed).extracting(Received::text).containsExactlyInAnyOrder("m7", "m8", "m9");
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatFailsTooOftenEndsInTheDeadLetterTopic(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "poison", 1);
        String group = scenario.name("sick");
        scenario.push(scenario.consumerPlan(group, topic).retries(1), batch -> {
            consumed.addAll(batch);
            return false;
        });
        producer.send(Outgoing.of(topic, "poison").tag("TagP").keys("deadly"));
        ConcurrentLinkedQueue<Received> dead = new ConcurrentLinkedQueue<>();
        scenario.push(scenario.consumerPlan(scenario.name("undertaker"), "%DLQ%" + group), dead::addAll);

        Scenario.await("the dead letter").until(() -> dead.size() == 1);

        assertThat(consumed).hasSize(2);
        assertThat(List.copyOf(dead).get(0).text()).isEqualTo("poison");
        assertThat(List.copyOf(dead).get(0).keys()).isEqualTo("deadly");
    }

    private TestConsumer start(Scenario scenario, String group, String topic) {
        return scenario.push(scenario.consumerPlan(group, topic).named(group + "_client"), consumed::addAll);
    }

    /** As the broker lists it: an address, and the name behind it. */
    private String clientId(Scenario scenario, String group) {
        Pattern id = Pattern.compile("\\S+@" + group + "_client\\S*");
        Matcher found = id.matcher(mqadmin.run("consumerConnection", "-g", group));
        assertThat(found.find()).as("a client of " + group + " of " + scenario).isTrue();
        return found.group();
    }
}
