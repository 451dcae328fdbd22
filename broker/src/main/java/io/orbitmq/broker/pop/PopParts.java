package io.orbitmq.broker.pop;

import io.netty.buffer.ByteBufAllocator;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.pop.state.PopTable;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.store.MessageStore;
import java.util.concurrent.Executor;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * What popping works with.
 *
 * @param config settings, asked at every request
 * @param topics which topics may be read; retry topics are created in it
 * @param queues their queues
 * @param groups which groups may read
 * @param offsets where groups are
 * @param store messages
 * @param table what is popped and not acknowledged; given to the store at opening
 * @param address the broker's, in copies
 * @param traffic told what was handed out
 * @param machine the outside world
 */
public record PopParts(
        LiveConfig config,
        Topics topics,
        QueueHandles queues,
        GroupConfigs groups,
        ConsumerOffsets offsets,
        MessageStore store,
        PopTable table,
        AdvertisedAddress address,
        TrafficRecorder traffic,
        Machine machine) {

    /**
     * Threads, time and chance.
     *
     * @param clock time
     * @param scheduler for the deadlines of held requests; short tasks
     * @param reviving for the copying alone
     * @param coldReads runs reads that wait for the disk; rejects when too many wait
     * @param allocator of answers
     * @param uniqueKeys for messages that came without
     * @param chance a number from 0 to its argument, exclusive
     * @param maxHeapBytes how much memory there is
     */
    public record Machine(
            Clock clock,
            Scheduler scheduler,
            Scheduler reviving,
            Executor coldReads,
            ByteBufAllocator allocator,
            Supplier<String> uniqueKeys,
            IntUnaryOperator chance,
            long maxHeapBytes) {}

    Clock clock() {
        return machine.clock();
    }
}
