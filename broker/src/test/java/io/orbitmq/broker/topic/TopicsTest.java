package io.orbitmq.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.fake.MemoryStore;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.testkit.SimulatedClock;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

final class TopicsTest {

    private static final BrokerConfig CONFIG = BrokerConfig.defaults(Path.of("store"));

    private final SimulatedClock clock = new SimulatedClock();
    private final TopicTable table = new TopicTable();
    private final MemoryStore store = new MemoryStore(clock, table);
    private final Topics topics = new Topics(table, new StateLog(store), clock);

    @Test
    void aFreshBrokerHasTheTopicsOfTheProtocolPage() {
        topics.ensureSystemTopics(SystemTopics.of(CONFIG)).join();

        assertThat(topics.all())
                .extracting(
                        TopicConfig::name, TopicConfig::readQueues, TopicConfig::writeQueues, TopicConfig::permission)
                .containsExactlyInAnyOrder(
                        row("RMQ_SYS_TRANS_HALF_TOPIC", 1, 6),
                        row("RMQ_SYS_TRANS_OP_HALF_TOPIC", 1, 6),
                        row("BenchmarkTest", 1024, 6),
                        row("OFFSET_MOVED_EVENT", 1, 6),
                        row("TBW102", 8, 7),
                        row("SELF_TEST_TOPIC", 1, 6),
                        row("broker-a", 1, 7),
                        row("DefaultCluster", 16, 7),
                        row("SCHEDULE_TOPIC_XXXX", 18, 6),
                        row("DefaultCluster_REPLY_TOPIC", 1, 6),
                        row("rmq_sys_REVIVE_LOG_DefaultCluster", 8, 6),
                        row("rmq_sys_wheel_timer", 1, 6),
                        row("rmq_sys_SYNC_BROKER_MEMBER_broker-a", 1, 1));
    }

    @Test
    void systemTopicsThatAreRightCostNothingAtTheNextStart() {
        topics.ensureSystemTopics(SystemTopics.of(CONFIG)).join();
        topics.ensureSystemTopics(SystemTopics.of(CONFIG)).join();

        assertThat(store.changes()).hasSize(1);
        assertThat(topics.version().counter()).isEqualTo(1);
    }

    @Test
    void templateGoesWhenAutomaticCreationIsSwitchedOff() {
        topics.ensureSystemTopics(SystemTopics.of(CONFIG)).join();

        topics.ensureSystemTopics(
                        SystemTopics.of(CONFIG.withTopics(CONFIG.topics().withAutoCreate(false))))
                .join();

        assertThat(topics.find("TBW102")).isEmpty();
        assertThat(topics.find("broker-a")).isPresent();
    }

    @Test
    void everyChangeRaisesTheVersionAndTellsListenersOnceDurable() {
        List<String> heard = new ArrayList<>();
        topics.addListener(heard::addAll);
        store.holdDurability();

        topics.putAll(List.of(topic("a", 4), topic("b", 4)));

        assertThat(topics.find("a")).contains(topic("a", 4));
        assertThat(topics.version().counter()).isEqualTo(1);
        assertThat(topics.version().timestamp()).isEqualTo(clock.epochMs());
        assertThat(heard).isEmpty();
        store.makeDurable();
        assertThat(heard).containsExactly("a", "b");
    }

    @Test
    void deletedTopicIsGoneAndTold() {
        List<String> heard = new ArrayList<>();
        topics.put(topic("a", 4));
        topics.addListener(heard::addAll);

        topics.delete("a").join();

        assertThat(topics.find("a")).isEmpty();
        assertThat(heard).containsExactly("a");
        assertThat(topics.version().counter()).isEqualTo(2);
    }

    @Test
    void existingTopicIsNotCreatedAgain() {
        topics.put(topic("a", 4)).join();

        TopicConfig found = topics.createIfAbsent(topic("a", 8));

        assertThat(found.readQueues()).isEqualTo(4);
        assertThat(store.changes()).hasSize(1);
    }

    @Test
    void creationFailsWithTheStoresReason() {
        store.refuse(Reason.DISK_FULL, "the disk is 95 % full");

        assertThatExceptionOfType(ChangeLostException.class)
                .isThrownBy(() -> topics.createIfAbsent(topic("a", 8)))
                .withMessageContaining("95 % full");
        assertThat(topics.find("a")).isEmpty();
    }

    @Test
    void everythingComesBackByReplayOrSnapshot() {
        topics.put(new TopicConfig("full", 3, 5, 4, "MULTI_TAG", 3, true, Map.of("message.type", "FIFO")));
        topics.put(topic("a", 4));
        topics.put(topic("a", 6));
        topics.delete("never-there");

        TopicTable replayed = new TopicTable();
        store.changes().forEach(change -> replayed.apply(change.bytes()));
        TopicTable restored = new TopicTable();
        restored.restore(table.snapshot());

        assertThat(replayed.all()).containsExactlyInAnyOrderElementsOf(table.all());
        assertThat(restored.all()).containsExactlyInAnyOrderElementsOf(table.all());
        assertThat(replayed.version()).isEqualTo(table.version()).isEqualTo(restored.version());
    }

    @Test
    void replayOverTheSnapshotChangesNothing() {
        topics.put(topic("a", 4));
        topics.put(topic("b", 6));
        topics.delete("a");
        TopicTable restored = new TopicTable();
        restored.restore(table.snapshot());

        store.changes().forEach(change -> restored.apply(change.bytes()));

        assertThat(restored.all()).containsExactlyElementsOf(table.all());
        assertThat(restored.version()).isEqualTo(table.version());
    }

    @Test
    void systemTopicsAreRecognisedUnderThisBrokersNames() {
        SystemTopics system = SystemTopics.of(CONFIG);

        assertThat(List.of("TBW102", "DefaultCluster", "broker-a", "rmq_sys_x", "DefaultCluster_REPLY_TOPIC"))
                .allMatch(system::contains);
        assertThat(system.contains("mine")).isFalse();
    }

    @Test
    void changesOfAnotherReleaseAreNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> table.apply(ByteBuffer.allocate(17)))
                .withMessageContaining("'topics'")
                .withMessageContaining("kind 0");
    }

    private static TopicConfig topic(String name, int queues) {
        return SystemTopics.topic(name, queues, 6);
    }

    private static Tuple row(String name, int queues, int permission) {
        return Tuple.tuple(name, queues, queues, permission);
    }
}
