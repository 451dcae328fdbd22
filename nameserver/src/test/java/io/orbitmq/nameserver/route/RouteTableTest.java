package io.orbitmq.nameserver.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.nameserver.route.RegistrationOutcome.Registered;
import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.route.TopicRoute;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.route.BrokerIdentityHeader;
import io.orbitmq.protocol.header.route.MinBrokerIdHeader;
import io.orbitmq.protocol.header.route.RegisterBrokerHeader;
import io.orbitmq.testkit.SimulatedClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    private static final TopicConfig T1 = TopicConfig.of("T1", 4, 4, 6);
    private static final TopicConfig T2 = TopicConfig.of("T2", 4, 4, 6);

    private final RouteTable table = new RouteTable(new SimulatedClock());
    private final Brokers master = Brokers.master("a", "10.0.0.1:1");

    @Test
    void aRegisteredBrokersTopicsHaveRoutes() {
        register(master);

        TopicRoute route = table.route("T1", false).orElseThrow();
        assertThat(route.queues()).containsExactly(new QueueRoute("a", 4, 4, 6, 0));
        assertThat(route.brokers()).hasSize(1);
        assertThat(route.brokers().get(0).addresses()).isEqualTo(Map.of(0L, "10.0.0.1:1"));
        assertThat(route.brokers().get(0).cluster()).isEqualTo("C");
        assertThat(table.route("T9", false)).isEmpty();
        assertThat(table.topicsOf("C")).containsExactlyInAnyOrder("T1", "TBW102");
        assertThat(table.clusterAndBrokerNames()).containsExactly("C", "a");
    }

    @Test
    void aSlaveLearnsTheLiveMaster() {
        assertThat(register(master)).isEqualTo(new Registered("", "", Optional.empty()));
        assertThat(register(master.id(1, "10.0.0.2:1")))
                .isEqualTo(new Registered("10.0.0.1:1", "ha-10.0.0.1:1", Optional.empty()));
    }

    @Test
    void aFirstRegistrationWithOneTopicIsRefusedAndLeavesNothing() {
        RegistrationOutcome outcome = register(master.only(T1));
        assertThat(outcome)
                .isInstanceOfSatisfying(RegistrationOutcome.Refused.class, refused -> assertThat(refused.text())
                        .startsWith("register broker failed"));
        assertThat(table.clusterAndBrokerNames()).isEmpty();
        assertThat(register(master.only())).isInstanceOf(Registered.class);
        assertThat(register(master.only(T1).version(0, 2))).isInstanceOf(Registered.class);
    }

    @Test
    void aBrokerWithoutNameOrClusterIsRefused() {
        RegisterBrokerHeader nameless = RegisterBrokerHeader.from(Fields.of("brokerName", "a", "brokerAddr", "x:1"));
        assertThat(table.register(
                        new Registration(nameless, master.registration().table(), master.connection()), false))
                .isInstanceOf(RegistrationOutcome.Refused.class);
    }

    @Test
    void theSameVersionAddsTopicsButChangesNone() {
        register(master);
        register(master.only(TopicConfig.of("T1", 9, 9, 6), T2));
        assertThat(table.route("T1", false).orElseThrow().queues().get(0).readQueues())
                .isEqualTo(4);
        assertThat(table.route("T2", false)).isPresent();
        register(master.only(TopicConfig.of("T1", 9, 9, 6), T2).version(0, 2));
        assertThat(table.route("T1", false).orElseThrow().queues().get(0).readQueues())
                .isEqualTo(9);
    }

    @Test
    void topicsMissingFromALaterRegistrationStayUnlessToldOtherwise() {
        register(master);
        register(master.only(T1, T2).version(0, 2));
        assertThat(table.route("TBW102", false)).isPresent();
        table.register(master.only(T1, T2).version(0, 3).registration(), true);
        assertThat(table.route("TBW102", false)).isEmpty();
        assertThat(table.route("T1", false)).isPresent();
    }

    @Test
    void onlyAPrimeSlaveWithActingMasterChangesTopicsAndTheyAreNotWritable() {
        register(master.id(2, "10.0.0.3:1").acting(Optional.empty()));
        assertThat(table.route("T1", false)).isEmpty();
        register(master.id(2, "10.0.0.3:1").acting(Optional.of(true)));
        assertThat(table.route("T1", false).orElseThrow().queues().get(0).permission())
                .isEqualTo(4);
        register(master.id(3, "10.0.0.4:1")
                .acting(Optional.of(true))
                .only(T1, T2)
                .version(0, 5));
        assertThat(table.route("T2", false)).isEmpty();
    }

    @Test
    void anAddressStandsUnderOneIdOnly() {
        register(master);
        register(master.id(1, "10.0.0.2:1"));
        register(master.id(0, "10.0.0.2:1"));
        assertThat(table.members("C", "a").addresses()).isEqualTo(Map.of(0L, "10.0.0.2:1"));
    }

    @Test
    void aBrokerOfAnOlderEpochDoesNotReplaceALiveOne() {
        register(master.version(7, 1));
        assertThat(register(master.id(0, "10.0.0.9:1").version(6, 9))).isInstanceOf(RegistrationOutcome.Outdated.class);
        assertThat(table.members("C", "a").addresses()).isEqualTo(Map.of(0L, "10.0.0.1:1"));
        assertThat(register(master.id(0, "10.0.0.9:1").version(7, 9))).isInstanceOf(Registered.class);
        assertThat(table.members("C", "a").addresses()).isEqualTo(Map.of(0L, "10.0.0.9:1"));
    }

    @Test
    void replicasAreToldAboutANewSmallestId() {
        register(master.id(2, "10.0.0.3:1"));
        Registered registered = (Registered) register(master);
        assertThat(registered.minIdChange())
                .hasValue(new MinIdChange(
                        List.of("10.0.0.3:1"), new MinBrokerIdHeader(0, "10.0.0.1:1", "", "ha-10.0.0.1:1")));
    }

    @Test
    void theLastReplicaTakesItsTopicsWithIt() {
        register(master);
        register(Brokers.master("b", "10.0.1.1:1"));
        leave(master);
        assertThat(table.route("T1", false).orElseThrow().queues())
                .extracting(QueueRoute::brokerName)
                .containsExactly("b");
        leave(Brokers.master("b", "10.0.1.1:1"));
        assertThat(table.route("T1", false)).isEmpty();
        assertThat(table.clusterAndBrokerNames()).isEmpty();
        assertThat(table.anyBrokerAddress()).isEmpty();
    }

    @Test
    void withoutMasterAnActingMasterBrokerIsReadOnlyAndItsReplicasAreTold() {
        Brokers acting = master.acting(Optional.of(true));
        register(acting);
        register(acting.id(1, "10.0.0.2:1"));
        List<MinIdChange> changes = leave(acting);

        assertThat(changes)
                .containsExactly(new MinIdChange(
                        List.of("10.0.0.2:1"), new MinBrokerIdHeader(1, "10.0.0.2:1", "10.0.0.1:1", "")));
        assertThat(table.route("TBW102", false).orElseThrow().queues().get(0).permission())
                .isEqualTo(5);
        assertThat(table.route("T1", false).orElseThrow().brokers().get(0).addresses())
                .isEqualTo(Map.of(1L, "10.0.0.2:1"));
        assertThat(table.route("T1", true).orElseThrow().brokers().get(0).addresses())
                .isEqualTo(Map.of(0L, "10.0.0.2:1"));
        assertThat(table.clusters().brokers().get("a").addresses()).isEqualTo(Map.of(1L, "10.0.0.2:1"));
    }

    @Test
    void withoutActingMasterTheQueuesStayWritable() {
        register(master);
        register(master.id(1, "10.0.0.2:1"));
        assertThat(leave(master)).isEmpty();
        assertThat(table.route("T1", true).orElseThrow().queues().get(0).permission())
                .isEqualTo(6);
        assertThat(table.route("T1", true).orElseThrow().brokers().get(0).hasMaster())
                .isFalse();
    }

    @Test
    void unknownBrokersLeaveWithoutEffect() {
        register(master);
        assertThat(leave(Brokers.master("zz", "1.1.1.1:1"))).isEmpty();
        assertThat(leave(master.id(5, "1.1.1.1:1"))).isEmpty();
        assertThat(table.route("T1", false)).isPresent();
    }

    @Test
    void permissionsAreWipedAndAddedForEveryTopicOfABroker() {
        register(master);
        assertThat(table.wipeWritePermission("zz")).isZero();
        assertThat(table.wipeWritePermission("a")).isEqualTo(2);
        assertThat(permission("TBW102")).isEqualTo(5);
        assertThat(permission("T1")).isEqualTo(4);
        register(master);
        assertThat(permission("T1")).isEqualTo(4);
        assertThat(table.addWritePermission("a")).isEqualTo(2);
        assertThat(permission("TBW102")).isEqualTo(6);
        register(master.version(0, 2));
        assertThat(permission("TBW102")).isEqualTo(7);
    }

    @Test
    void deletedTopicsComeBackWithTheNextRegistration() {
        register(master);
        table.deleteTopic("T1", "other");
        assertThat(table.route("T1", false)).isPresent();
        table.deleteTopic("T1", "C");
        assertThat(table.route("T1", false)).isEmpty();
        register(master);
        assertThat(table.route("T1", false)).isPresent();
        table.deleteTopic("T1", "");
        assertThat(table.route("T1", false)).isEmpty();
    }

    @Test
    void singleTopicsAreRegisteredUpToTheFirstUnknownBroker() {
        register(master);
        QueueRoute known = new QueueRoute("a", 2, 2, 6, 0);
        table.registerTopic("S", List.of(known, new QueueRoute("zz", 1, 1, 6, 0)));
        assertThat(table.route("S", false).orElseThrow().queues()).containsExactly(known);
        table.registerTopic("R", List.of(new QueueRoute("zz", 1, 1, 6, 0), known));
        assertThat(table.route("R", false)).isEmpty();
    }

    @Test
    void theStoredVersionIsToldForKnownBrokers() {
        register(master);
        assertThat(table.heardOf("C", "10.0.0.1:1")).hasValue(new DataVersion(0, 1, 1));
        assertThat(table.heardOf("C", "1.1.1.1:1")).isEmpty();
    }

    @Test
    void aBrokerThatChangesItsClusterLeavesTheOldOne() {
        register(master);
        RegisterBrokerHeader moved = RegisterBrokerHeader.from(
                Fields.of("brokerName", "a", "brokerAddr", "10.0.0.1:1", "clusterName", "D", "brokerId", "0"));
        table.register(new Registration(moved, master.registration().table(), master.connection()), false);
        assertThat(table.clusters().clusters()).isEqualTo(Map.of("D", Set.of("a")));
        assertThat(table.route("T1", false).orElseThrow().brokers().get(0).cluster())
                .isEqualTo("D");
    }

    private int permission(String topic) {
        return table.route(topic, false).orElseThrow().queues().get(0).permission();
    }

    private RegistrationOutcome register(Brokers broker) {
        return table.register(broker.registration(), false);
    }

    private List<MinIdChange> leave(Brokers broker) {
        return table.remove(List.of(new Departure(
                new BrokerIdentityHeader(broker.name(), broker.address(), "C", broker.id()), Optional.empty())));
    }
}
