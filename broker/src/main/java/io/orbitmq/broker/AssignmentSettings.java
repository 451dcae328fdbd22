package io.orbitmq.broker;

import io.orbitmq.protocol.body.group.RequestMode;
import java.util.Objects;

/**
 * Sharing out queues on the broker (protocol/07 section 15).
 *
 * @param balance [serverLoadBalancerEnable] false: everybody gets all queues
 * @param defaultMode [defaultMessageRequestMode] of a group and topic for which none was set
 * @param defaultPopShare [defaultPopShareQueueNum] of how many further members a member also pops the queues, likewise; 0
 *     or less: of all
 */
public record AssignmentSettings(boolean balance, RequestMode defaultMode, int defaultPopShare) {

    public AssignmentSettings {
        Objects.requireNonNull(defaultMode, "defaultMessageRequestMode");
    }

    public static AssignmentSettings defaults() {
        return new AssignmentSettings(true, RequestMode.PULL, -1);
    }
}
