package io.orbitmq.broker.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.GroupSettings;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.fake.MemoryStore;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.group.RetryPolicy;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.testkit.SimulatedClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GroupConfigsTest {

    private final SimulatedClock clock = new SimulatedClock();
    private final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    private final GroupConfigTable table = new GroupConfigTable();
    private final MemoryStore store = new MemoryStore(clock, table);
    private final GroupConfigs groups = new GroupConfigs(table, new StateLog(store), clock, config);

    @Test
    void unknownGroupIsCreatedWithDefaultsOnFirstUse() {
        assertThat(groups.find("RG1")).isEmpty();

        assertThat(groups.findOrCreate("RG1")).contains(GroupConfig.named("RG1"));
        assertThat(groups.findOrCreate("RG1")).isPresent();

        assertThat(groups.find("RG1").orElseThrow().retryMaxTimes()).isEqualTo(16);
        assertThat(store.changes()).hasSize(1);
        assertThat(groups.version().counter()).isEqualTo(1);
    }

    @Test
    void illegalNamesAreNeverCreated() {
        assertThat(groups.findOrCreate("")).isEmpty();
        assertThat(groups.findOrCreate("with space")).isEmpty();
        assertThat(groups.findOrCreate("g".repeat(256))).isEmpty();
        assertThat(groups.findOrCreate("g".repeat(255))).isPresent();
    }

    @Test
    void withoutAutoCreationOnlySystemGroupsAreCreated() {
        config.update(all -> all.withGroups(all.groups().withAutoCreate(false)));

        assertThat(groups.findOrCreate("mine")).isEmpty();
        assertThat(groups.findOrCreate("CID_RMQ_SYS_TRANS")).isPresent();

        GroupSettings now = config.get().groups();
        config.update(all -> all.withGroups(new GroupSettings(
                false,
                false,
                now.notifyChanges(),
                now.registerProducers(),
                now.connectionExpiry(),
                now.expiryScan(),
                now.queueLockExpiry(),
                now.assignment())));
        assertThat(groups.findOrCreate("CID_RMQ_SYS_OTHER")).isEmpty();
    }

    @Test
    void builtInGroupsAreCreatedOnceAndKeepTheOperatorsSettings() {
        GroupConfig changed = new GroupConfig(
                "TOOLS_CONSUMER", false, true, true, false, 1, 16, RetryPolicy.DEFAULT, 0, 1, true, 0, 15, Map.of());
        groups.put(changed).join();

        groups.ensureBuiltInGroups().join();
        groups.ensureBuiltInGroups().join();

        assertThat(groups.all())
                .extracting(GroupConfig::name)
                .containsExactlyInAnyOrder(
                        "TOOLS_CONSUMER",
                        "FILTERSRV_CONSUMER",
                        "SELF_TEST_C_GROUP",
                        "CID_ONS-HTTP-PROXY",
                        "CID_ONSAPI_PULL",
                        "CID_ONSAPI_PERMISSION",
                        "CID_ONSAPI_OWNER",
                        "CID_RMQ_SYS_TRANS");
        assertThat(groups.find("TOOLS_CONSUMER")).contains(changed);
        assertThat(store.changes()).hasSize(2);
    }

    @Test
    void creationFailsWithTheStoresReason() {
        store.refuse(Reason.FENCED, "fsync failed");

        assertThatExceptionOfType(ChangeLostException.class)
                .isThrownBy(() -> groups.findOrCreate("g"))
                .withMessageContaining("fsync failed");
    }

    @Test
    void everythingComesBackByReplayOrSnapshot() {
        RetryPolicy exponential = new RetryPolicy(RetryPolicy.Type.EXPONENTIAL, List.of(), 1, 2, 3);
        RetryPolicy customized = new RetryPolicy(RetryPolicy.Type.CUSTOMIZED, List.of(5L, 7L), 0, 0, 0);
        groups.put(new GroupConfig(
                "full", false, false, false, true, 2, 3, exponential, 4, 5, false, 6, 7, Map.of("a", "b")));
        groups.put(new GroupConfig("g", true, true, true, false, 2, 3, customized, 4, 5, true, 6, 7, Map.of()));
        groups.put(GroupConfig.named("gone"));
        groups.delete("gone");

        GroupConfigTable replayed = new GroupConfigTable();
        store.changes().forEach(change -> replayed.apply(change.bytes()));
        GroupConfigTable restored = new GroupConfigTable();
        restored.restore(table.snapshot());

        assertThat(replayed.all()).hasSize(2).containsExactlyInAnyOrderElementsOf(table.all());
        assertThat(restored.all()).containsExactlyInAnyOrderElementsOf(table.all());
        assertThat(replayed.version()).isEqualTo(table.version()).isEqualTo(restored.version());
    }
}
