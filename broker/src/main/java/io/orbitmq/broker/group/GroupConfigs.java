package io.orbitmq.broker.group;

import io.orbitmq.broker.GroupSettings;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.message.Names;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Settings of consumer groups. Reading is a table lookup. A change is visible when the method returns and durable when
 * its future completes; it fails with {@link ChangeLostException} when the store does not take it. Safe for any thread.
 */
public final class GroupConfigs {

    /** What a fresh official broker answers to GET_ALL_SUBSCRIPTIONGROUP_CONFIG, seen live with 5.3.3. */
    private static final List<String> BUILT_IN = List.of(
            "TOOLS_CONSUMER",
            "FILTERSRV_CONSUMER",
            "SELF_TEST_C_GROUP",
            "CID_ONS-HTTP-PROXY",
            "CID_ONSAPI_PULL",
            "CID_ONSAPI_PERMISSION",
            "CID_ONSAPI_OWNER",
            "CID_RMQ_SYS_TRANS");

    private final GroupConfigTable table;
    private final StateLog log;
    private final Clock clock;
    private final LiveConfig config;
    private volatile Consumer<String> deleted = group -> {};
    /** Held from reading the version until the change is in the log. */
    private final Object deciding = new Object();

    public GroupConfigs(GroupConfigTable table, StateLog log, Clock clock, LiveConfig config) {
        this.table = table;
        this.log = log;
        this.clock = clock;
        this.config = config;
    }

    /** The settings of a group that exists; never creates. */
    public Optional<GroupConfig> find(String group) {
        return table.find(group);
    }

    /**
     * The settings of a group, created with defaults if that is allowed for this name (protocol/07 section 14).
     *
     * @throws ChangeLostException when it should be created and the store takes no changes
     */
    public Optional<GroupConfig> findOrCreate(String group) {
        Optional<GroupConfig> known = find(group);
        if (known.isPresent() || !mayCreate(group)) {
            return known;
        }
        synchronized (deciding) {
            if (find(group).isEmpty()) {
                ChangeLostException.throwIfRefused("the group " + group, put(GroupConfig.named(group)));
            }
        }
        return find(group);
    }

    /** Creates the built-in groups that are missing, unless that is switched off; at start. Tools pull as one of them. */
    public CompletableFuture<Void> ensureBuiltInGroups() {
        List<GroupConfig> missing = config.get().groups().systemGroups()
                ? BUILT_IN.stream()
                        .filter(group -> find(group).isEmpty())
                        .map(GroupConfig::named)
                        .toList()
                : List.of();
        return missing.isEmpty() ? CompletableFuture.completedFuture(null) : putAll(missing);
    }

    /** All groups; a live view in no order. */
    public Collection<GroupConfig> all() {
        return table.all();
    }

    /** Its counter grows with every change. */
    public DataVersion version() {
        return table.version();
    }

    /** Creates or replaces one group. */
    public CompletableFuture<Void> put(GroupConfig group) {
        return putAll(List.of(group));
    }

    /** Creates or replaces several groups as one change. */
    public CompletableFuture<Void> putAll(Collection<GroupConfig> groups) {
        return change(groups, List.of());
    }

    /** Forgets the settings; offsets and topics of the group are others' to forget. */
    public CompletableFuture<Void> delete(String group) {
        CompletableFuture<Void> durable = change(List.of(), List.of(group));
        if (!ChangeLostException.isRefused(durable)) {
            deleted.accept(group);
        }
        return durable;
    }

    /** {@code listener} hears of groups that were deleted, on the thread that deletes; set once, before requests. */
    public void onDeleted(Consumer<String> listener) {
        deleted = listener;
    }

    private boolean mayCreate(String group) {
        if (!Names.isGroupName(group)) {
            return false;
        }
        GroupSettings settings = config.get().groups();
        return settings.autoCreate() || settings.systemGroups() && group.startsWith(Names.SYSTEM_GROUP_PREFIX);
    }

    private CompletableFuture<Void> change(Collection<GroupConfig> put, Collection<String> deleted) {
        synchronized (deciding) {
            StateWriter change = GroupConfigTable.startChange(table.version().next(clock.epochMs()));
            put.forEach(group -> GroupConfigTable.put(change, group));
            deleted.forEach(group -> GroupConfigTable.delete(change, group));
            return log.append(table, change.toBuffer());
        }
    }
}
