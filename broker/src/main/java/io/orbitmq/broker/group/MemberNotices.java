package io.orbitmq.broker.group;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import java.util.Set;

/**
 * Tells the members of a group that the group changed, so that they share out the queues anew: one-way request 40 to
 * every connection (protocol/07 section 4). Members of a broadcasting group do not share and are not told.
 */
public final class MemberNotices {

    private final LiveConfig config;
    private final GroupConfigs groupConfigs;

    public MemberNotices(LiveConfig config, GroupConfigs groupConfigs) {
        this.config = config;
        this.groupConfigs = groupConfigs;
    }

    /** @param byClose a connection was lost; then the group's own switch is not asked */
    void changed(LiveGroup group, boolean byClose) {
        if (group.mode().isBroadcasting() || !config.get().groups().notifyChanges()) {
            return;
        }
        if (!byClose && !isWanted(group.name())) {
            return;
        }
        Command notice = notice(group);
        group.members().forEach(member -> member.connection().sendOneWay(notice));
    }

    /** Tells these members alone. */
    void queuesFreed(LiveGroup group, Set<String> clientIds) {
        if (config.get().groups().notifyChanges()) {
            group.members().stream()
                    .filter(member -> clientIds.contains(member.clientId()))
                    .forEach(member -> member.connection().sendOneWay(notice(group)));
        }
    }

    private static Command notice(LiveGroup group) {
        return Command.request(RequestCode.NOTIFY_CONSUMER_IDS_CHANGED, Fields.of("consumerGroup", group.name()));
    }

    private boolean isWanted(String group) {
        return groupConfigs.find(group).map(GroupConfig::notifyMembers).orElse(true);
    }
}
