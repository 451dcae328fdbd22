package io.orbitmq.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.node.LocalMessageStore;
import io.orbitmq.testkit.Dice;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lives of the broker's tables over one disk that loses power between them: what was acknowledged is there in the next
 * life, with its last value. The seed is the test's parameter.
 */
final class StateSurvivesCrashTest {

    private static final int LIVES = 4;
    private static final int CHANGES_PER_LIFE = 120;
    private static final int NAMES = 6;

    private final SimulatedClock clock = new SimulatedClock();
    private final Scheduler scheduler = new SimulatedScheduler(clock);
    private final Map<String, TopicConfig> topics = new TreeMap<>();
    private final Map<String, GroupConfig> groups = new TreeMap<>();
    private final Map<String, Long> offsets = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void acknowledgedChangesAreThereAfterPowerLoss(long seed) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(seed);
        Random random = Dice.of(seed);
        for (int life = 0; life < LIVES; life++) {
            try (Life now = new Life(disk)) {
                now.assertKnows(topics, groups, offsets);
                for (int i = 0; i < CHANGES_PER_LIFE; i++) {
                    change(now, random).join();
                }
                disk.crash();
            } catch (IOException e) {
                assertThat(life)
                        .as("closing a store whose disk is gone may fail: " + e)
                        .isNotNegative();
            }
        }
        try (Life last = new Life(disk)) {
            last.assertKnows(topics, groups, offsets);
        }
    }

    private CompletableFuture<Void> change(Life now, Random random) {
        String name = "name-" + random.nextInt(NAMES);
        int number = random.nextInt(100);
        return switch (random.nextInt(7)) {
            case 0, 1 -> {
                TopicConfig config = TopicConfig.of(name, number, number, 6);
                topics.put(name, config);
                yield now.topics.put(config);
            }
            case 2 -> {
                topics.remove(name);
                yield now.topics.delete(name);
            }
            case 3 -> {
                groups.put(name, GroupConfig.named(name));
                yield now.groups.put(GroupConfig.named(name));
            }
            case 4 -> {
                groups.remove(name);
                yield now.groups.delete(name);
            }
            case 5 -> {
                offsets.keySet().removeIf(key -> key.startsWith(name + "/"));
                yield now.offsets.removeGroup(name);
            }
            default -> {
                int queueId = random.nextInt(4);
                offsets.put(name + "/" + queueId, (long) number);
                yield now.offsets.update(name, "t", queueId, number);
            }
        };
    }

    /** The tables between two losses of power. */
    private final class Life implements AutoCloseable {

        private final LocalMessageStore store;
        private final Topics topics;
        private final GroupConfigs groups;
        private final ConsumerOffsets offsets;

        private Life(SimulatedDisk disk) throws IOException {
            Path root = Path.of("/broker");
            StateTables tables = StateTables.empty(BrokerConfig.defaults(root).delays());
            store = LocalMessageStore.open(config(root), tables.all(), disk, clock, scheduler);
            StateLog log = new StateLog(store);
            topics = new Topics(tables.topics(), log, clock);
            groups = new GroupConfigs(tables.groups(), log, clock, new LiveConfig(BrokerConfig.defaults(root)));
            offsets = new ConsumerOffsets(tables.offsets(), log);
        }

        private void assertKnows(
                Map<String, TopicConfig> wantedTopics,
                Map<String, GroupConfig> wantedGroups,
                Map<String, Long> wantedOffsets) {
            assertThat(topics.all()).containsExactlyInAnyOrderElementsOf(wantedTopics.values());
            assertThat(groups.all()).containsExactlyInAnyOrderElementsOf(wantedGroups.values());
            Map<String, Long> found = new TreeMap<>();
            offsets.forEachKey((group, topic) -> offsets.offsets(group, topic)
                    .forEach((queueId, offset) -> found.put(group + "/" + queueId, offset)));
            assertThat(found).isEqualTo(wantedOffsets);
        }

        @Override
        public void close() throws IOException {
            store.close();
        }
    }

    private static StoreConfig config(Path root) {
        return StoreConfig.defaults(root).withSegmentSizeBytes(64 * 1024);
    }
}
