package io.orbitmq.broker;

import java.time.Duration;
import java.util.Objects;

/**
 * Consumer groups and the connections in them (protocol/07 sections 1, 9 and 14).
 *
 * @param autoCreate [autoCreateSubscriptionGroup] unknown groups get default settings on first use
 * @param systemGroups [enableCreateSysGroup] groups CID_RMQ_SYS_* are created even without autoCreate
 * @param notifyChanges [notifyConsumerIdsChangedEnable] members hear of each other coming and going
 * @param registerProducers [enableRegisterProducer]
 * @param connectionExpiry [channelExpiredTimeout] a connection without heartbeat for this long is closed
 * @param expiryScan how often that is looked for
 * @param queueLockExpiry [rocketmq.broker.rebalance.lockMaxLiveTime] a queue lock not renewed for this long is free
 * @param assignment who consumes which queues
 */
public record GroupSettings(
        boolean autoCreate,
        boolean systemGroups,
        boolean notifyChanges,
        boolean registerProducers,
        Duration connectionExpiry,
        Duration expiryScan,
        Duration queueLockExpiry,
        AssignmentSettings assignment) {

    public GroupSettings {
        Objects.requireNonNull(assignment, "assignment");
        Check.positive("channelExpiredTimeout", connectionExpiry);
        Check.positive("expiryScan", expiryScan);
        Check.positive("rocketmq.broker.rebalance.lockMaxLiveTime", queueLockExpiry);
    }

    public static GroupSettings defaults() {
        return new GroupSettings(
                true,
                true,
                true,
                true,
                Duration.ofSeconds(120),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                AssignmentSettings.defaults());
    }

    public GroupSettings withAutoCreate(boolean changed) {
        return new GroupSettings(
                changed,
                systemGroups,
                notifyChanges,
                registerProducers,
                connectionExpiry,
                expiryScan,
                queueLockExpiry,
                assignment);
    }

    public GroupSettings withNotifyChanges(boolean changed) {
        return new GroupSettings(
                autoCreate,
                systemGroups,
                changed,
                registerProducers,
                connectionExpiry,
                expiryScan,
                queueLockExpiry,
                assignment);
    }

    public GroupSettings withAssignment(AssignmentSettings changed) {
        return new GroupSettings(
                autoCreate,
                systemGroups,
                notifyChanges,
                registerProducers,
                connectionExpiry,
                expiryScan,
                queueLockExpiry,
                changed);
    }
}
