package io.orbitmq.broker.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.broker.DelaySettings;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.tools.StoreVerifier;
import io.orbitmq.store.tools.VerifyReport;
import io.orbitmq.testkit.disk.SimulatedCrash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first opening of a store of Apache RocketMQ, and the openings after it. */
final class StoreTakeoverTest {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    @Test
    void takesOverWhatStandsBesideTheLog() throws IOException {
        TakeoverWorld world = new TakeoverWorld(1).write();

        world.open();

        assertComplete(world);
        assertThat(world.store.findByKey(new KeyQuery(TakeoverWorld.TOPIC, "k2", 10, 0, Long.MAX_VALUE)))
                .hasSize(1);
        world.close();
    }

    @Test
    void deliversWhatWaitsAtItsTimeAndOnce() throws IOException {
        TakeoverWorld world = new TakeoverWorld(1).write();
        world.open();
        List<String> before = world.bodies(TakeoverWorld.TOPIC, 1);
        assertThat(before).containsExactly("level 0", "level 1", "timer 1");

        world.deliver(Duration.ofMillis(30_600));
        assertThat(world.bodies(TakeoverWorld.TOPIC, 1).subList(3, 5)).containsExactlyInAnyOrder("unread", "level 2");
        world.close();
        world.open();
        world.deliver(LONG_ENOUGH);

        assertThat(world.bodies(TakeoverWorld.TOPIC, 1).subList(5, 8)).containsExactly("timer 2", "timer 3", "far");
        assertThat(world.bodies(TakeoverWorld.TOPIC, 1)).hasSize(8);
        world.close();
    }

    @Test
    void goesOnAfterACrashAtAnyWrite() throws IOException {
        long steps = stepsOfOpening();
        int crashes = 0;
        for (long step = 1; step <= steps; step++) {
            TakeoverWorld world = new TakeoverWorld(step).write();
            world.disk.crashAtStep(world.disk.steps() + step);
            try {
                world.open();
                world.disk.crashAtStep(Long.MAX_VALUE);
            } catch (SimulatedCrash e) {
                crashes++;
                world.disk.crash();
                world.open();
            }
            assertComplete(world);
            world.deliver(LONG_ENOUGH);
            assertThat(world.bodies(TakeoverWorld.TOPIC, 1))
                    .as("crashed at step %d", step)
                    .containsExactlyInAnyOrder(
                            "level 0", "level 1", "timer 1", "level 2", "unread", "timer 2", "timer 3", "far");
            world.close();
        }
        assertThat(crashes).isGreaterThan(20);
    }

    @Test
    void neverOverwritesWhatWasChangedSince() throws IOException {
        TakeoverWorld world = new TakeoverWorld(2).write();
        world.open();
        world.broker.topics.put(TopicConfig.of(TakeoverWorld.TOPIC, 8, 8, 6)).join();
        world.broker.topics.delete("Expired").join();
        world.broker.offsets.update("Readers", TakeoverWorld.TOPIC, 0, 4).join();
        world.broker.groupConfigs.delete("Readers").join();
        world.close();

        world.open();

        assertThat(world.broker.topics.find(TakeoverWorld.TOPIC).orElseThrow().readQueues())
                .isEqualTo(8);
        assertThat(world.broker.topics.find("Expired")).isEmpty();
        assertThat(world.broker.groupConfigs.find("Readers")).isEmpty();
        assertThat(world.broker.offsets.offset("Readers", TakeoverWorld.TOPIC, 0))
                .isEqualTo(4);
        world.close();
    }

    @Test
    void aFileThatCannotBeReadStopsTheStartBeforeAnythingIsChanged() throws IOException {
        TakeoverWorld world = new TakeoverWorld(3).write();
        world.disk.flipBit(TakeoverWorld.ROOT.resolve("config/topics.json"), 0, 7);
        long steps = world.disk.steps();

        assertThatThrownBy(world::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("topics.json")
                .hasMessageContaining("Restore the file");
        assertThat(world.disk.steps()).isEqualTo(steps);
    }

    @Test
    void damageInTheMiddleOfTheLogIsNoTornTail() throws IOException {
        for (boolean killed : List.of(true, false)) {
            TakeoverWorld world = new TakeoverWorld(5).write();
            Path segment = world.segment();
            if (killed) {
                world.disk.open(TakeoverWorld.ROOT.resolve("abort")).close();
            }
            // in the body of the second record
            world.disk.flipBit(segment, 213, 1);
            byte[] before = world.disk.bytes(segment);

            assertThatThrownBy(world::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged at position")
                    .hasMessageContaining("nothing was changed");
            assertThat(world.disk.bytes(segment)).isEqualTo(before);
        }
    }

    @Test
    void aTailTornByTheDeathOfTheMachineIsCutOff() throws IOException {
        TakeoverWorld world = new TakeoverWorld(6).write();
        world.disk.open(TakeoverWorld.ROOT.resolve("abort")).close();
        world.flushedLongAgo();
        world.disk.flipBit(world.segment(), 213, 1);

        world.open();

        assertThat(world.bodies(TakeoverWorld.TOPIC, 0)).containsExactly("order 0");
        world.close();
    }

    @Test
    void filesThatAppearBesideAStoreOfOursAreOfNoInterest() throws IOException {
        TakeoverWorld world = new TakeoverWorld(4);
        world.open();
        world.broker.topics.put(TopicConfig.of("Mine", 1, 1, 6)).join();
        world.close();
        world.writeConfigOnly();

        world.open();

        assertThat(world.broker.topics.find(TakeoverWorld.TOPIC)).isEmpty();
        world.close();
    }

    @Test
    void isFoundSoundBeforeAndAfterAndItsRecordsAreCounted() throws IOException {
        TakeoverWorld world = new TakeoverWorld(7).write();
        VerifyReport before = verified(world);
        assertThat(before.sealedRecords()).isZero();
        assertThat(before.records()).isGreaterThan(20);

        world.open();
        world.deliver(LONG_ENOUGH);
        world.close();

        VerifyReport after = verified(world);
        assertThat(after.sealedRecords()).isPositive();
        assertThat(after.records() - after.sealedRecords()).isEqualTo(before.records());
        assertThat(after.text()).contains("  body checksum     " + before.records() + "\n");
        assertThat(after.indexedEnd()).isEqualTo(after.endPosition());
    }

    private static VerifyReport verified(TakeoverWorld world) throws IOException {
        VerifyReport report = StoreVerifier.verify(
                world.disk,
                TakeoverWorld.ROOT,
                TakeoverWorld.ROOT.resolve("commitlog"),
                BrokerNode.emptyTables(DelaySettings.defaults()));
        assertThat(report.problems()).isEmpty();
        assertThat(report.text()).contains("The store is sound.");
        return report;
    }

    private static long stepsOfOpening() throws IOException {
        TakeoverWorld world = new TakeoverWorld(1).write();
        long before = world.disk.steps();
        world.open();
        return world.disk.steps() - before;
    }

    private static void assertComplete(TakeoverWorld world) {
        BrokerParts broker = world.broker;
        TopicConfig orders = broker.topics.find(TakeoverWorld.TOPIC).orElseThrow();
        assertThat(orders.readQueues()).isEqualTo(2);
        assertThat(orders.writeQueues()).isEqualTo(3);
        assertThat(broker.topics.find("Expired").orElseThrow().isWritable()).isFalse();
        assertThat(broker.groupConfigs.find("Readers").orElseThrow().consumeEnable())
                .isFalse();
        assertThat(broker.offsets.offsets("Readers", TakeoverWorld.TOPIC)).isEqualTo(Map.of(0, 2L, 1, 0L));
        assertThat(world.bodies(TakeoverWorld.TOPIC, 0))
                .containsExactly("order 0", "order 1", "order 2", "order 3", "committed");
        assertThat(world.store.findQueue("Gone", 0)).as("a deleted topic").isEmpty();
        assertThat(world.store.queue("Expired", 3).maxOffset()).isEqualTo(7);
        assertThat(world.store.queue("Expired", 3).minOffset()).isEqualTo(7);
        assertThat(world.openTransactions()).containsExactly("open 0", "asked 2");
        assertThat(world.bodies(Names.HALF_TOPIC, 0)).hasSize(8);
    }
}
