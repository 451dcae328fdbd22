package io.orbitmq.broker.group;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.group.RetryPolicy;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.store.StateTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state behind {@link GroupConfigs}: group name to settings. A change is the new data version (long counter, long
 * timestamp) and then, until the end,
 *
 * <pre>
 * 1 PUT     policy, name, bool consumeEnable, bool consumeFromMin, bool consumeBroadcast, bool orderly,
 *           int retryQueues, int retryMaxTimes, long brokerId, long slowBrokerId, bool notify, int sysFlag,
 *           int timeoutMinutes, map attributes
 *           policy: bool exponential, int count, count times (long waitMs), long initialMs, long maxMs, int multiplier
 * 2 DELETE  name
 * </pre>
 *
 * A snapshot is a change that puts everything. Readers run beside {@link #apply}.
 */
public final class GroupConfigTable implements StateTable {

    private static final int PUT = 1;
    private static final int DELETE = 2;

    private static final String NAME = "groups";

    private final Map<String, GroupConfig> groups = new ConcurrentHashMap<>();
    private volatile DataVersion version = DataVersion.ZERO;

    @Override
    public String name() {
        return NAME;
    }

    Optional<GroupConfig> find(String group) {
        return Optional.ofNullable(groups.get(group));
    }

    Collection<GroupConfig> all() {
        return Collections.unmodifiableCollection(groups.values());
    }

    DataVersion version() {
        return version;
    }

    @Override
    public void apply(ByteBuffer change) {
        StateReader reader = new StateReader(NAME, change);
        long counter = reader.takeLong();
        DataVersion next = new DataVersion(0, reader.takeLong(), counter);
        while (reader.hasMore()) {
            int kind = reader.takeByte();
            switch (kind) {
                case PUT -> {
                    GroupConfig config = takeConfig(reader);
                    groups.put(config.name(), config);
                }
                case DELETE -> groups.remove(reader.takeText());
                default -> throw reader.broken("kind " + kind);
            }
        }
        version = next;
    }

    @Override
    public ByteBuffer snapshot() {
        StateWriter writer = startChange(version);
        groups.values().forEach(config -> put(writer, config));
        return writer.toBuffer();
    }

    @Override
    public void restore(ByteBuffer snapshot) {
        groups.clear();
        apply(snapshot);
    }

    static StateWriter startChange(DataVersion version) {
        return new StateWriter().putLong(version.counter()).putLong(version.timestamp());
    }

    static void put(StateWriter change, GroupConfig config) {
        change.putByte(PUT);
        putPolicy(change, config.retryPolicy());
        change.putText(config.name())
                .putBool(config.consumeEnable())
                .putBool(config.consumeFromMinEnable())
                .putBool(config.consumeBroadcastEnable())
                .putBool(config.consumeMessageOrderly())
                .putInt(config.retryQueues())
                .putInt(config.retryMaxTimes())
                .putLong(config.brokerId())
                .putLong(config.slowBrokerId())
                .putBool(config.notifyMembers())
                .putInt(config.sysFlag())
                .putInt(config.consumeTimeoutMinutes())
                .putTexts(config.attributes());
    }

    static void delete(StateWriter change, String group) {
        change.putByte(DELETE).putText(group);
    }

    private static void putPolicy(StateWriter change, RetryPolicy policy) {
        change.putBool(policy.type() == RetryPolicy.Type.EXPONENTIAL)
                .putInt(policy.customizedMs().size());
        policy.customizedMs().forEach(change::putLong);
        change.putLong(policy.initialMs()).putLong(policy.maxMs()).putInt(policy.multiplier());
    }

    private static RetryPolicy takePolicy(StateReader reader) {
        RetryPolicy.Type type = reader.takeBool() ? RetryPolicy.Type.EXPONENTIAL : RetryPolicy.Type.CUSTOMIZED;
        List<Long> waits = new ArrayList<>();
        for (int left = reader.takeInt(); left > 0; left--) {
            waits.add(reader.takeLong());
        }
        return new RetryPolicy(type, waits, reader.takeLong(), reader.takeLong(), reader.takeInt());
    }

    private static GroupConfig takeConfig(StateReader reader) {
        RetryPolicy policy = takePolicy(reader);
        return new GroupConfig(
                reader.takeText(),
                reader.takeBool(),
                reader.takeBool(),
                reader.takeBool(),
                reader.takeBool(),
                reader.takeInt(),
                reader.takeInt(),
                policy,
                reader.takeLong(),
                reader.takeLong(),
                reader.takeBool(),
                reader.takeInt(),
                reader.takeInt(),
                reader.takeTexts());
    }
}
