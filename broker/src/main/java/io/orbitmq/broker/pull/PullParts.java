package io.orbitmq.broker.pull;

import io.netty.buffer.ByteBufAllocator;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.filter.SubscriptionFilters;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.longpoll.HeldRequests;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.store.MessageStore;
import java.util.concurrent.Executor;

/**
 * What pulling works with.
 *
 * @param config settings, asked at every pull
 * @param topics which topics may be read
 * @param groupConfigs which groups may read
 * @param groups live groups and their subscriptions
 * @param filters their compiled subscriptions; must also be a listener of {@code groups}
 * @param offsets where offsets are committed and resets wait
 * @param store the messages
 * @param held where pulls wait; must also listen to the store and to connections
 * @param coldReads runs reads that wait for the disk; rejects when too many wait
 * @param traffic told what was handed out
 * @param allocator of answers
 * @param clock for deadlines
 */
public record PullParts(
        LiveConfig config,
        Topics topics,
        GroupConfigs groupConfigs,
        ConsumerGroups groups,
        SubscriptionFilters filters,
        ConsumerOffsets offsets,
        MessageStore store,
        HeldRequests held,
        Executor coldReads,
        TrafficRecorder traffic,
        ByteBufAllocator allocator,
        Clock clock) {}
