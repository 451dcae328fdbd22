package io.orbitmq.broker.pull;

import io.netty.buffer.ByteBufAllocator;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.PullSettings;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.pull.Admission.Admitted;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.header.pull.PullRequestHeader;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadOutcome.Status;
import io.orbitmq.store.ReadRequest;
import java.util.concurrent.Executor;

/** Reads for a pull and answers what was found (protocol/07 section 5.4). Safe for any thread. */
final class PullReader {

    /** A frame takes 16 MiB; room is left for its header. */
    private static final int MOST_BYTES = 16 * 1024 * 1024 - 64 * 1024;

    /**
     * Index entries looked at per pull. The official broker stops after 800; more saves round trips of groups that want
     * few of many messages, and is still well under a millisecond.
     */
    private static final int MOST_EXAMINED = 8_000;

    private final LiveConfig config;
    private final MessageStore store;
    private final ConsumerOffsets offsets;
    private final TrafficRecorder traffic;
    private final ByteBufAllocator allocator;
    private final Executor coldReads;
    private final Clock clock;

    PullReader(PullParts parts) {
        this.config = parts.config();
        this.store = parts.store();
        this.offsets = parts.offsets();
        this.traffic = parts.traffic();
        this.allocator = parts.allocator();
        this.coldReads = parts.coldReads();
        this.clock = parts.clock();
    }

    /** Reads, and answers if there are messages; otherwise the caller answers. */
    ReadOutcome read(PullTask task, Admitted admitted, boolean memoryOnly) {
        PullRequestHeader header = task.header();
        PullSettings settings = config.get().pulls();
        int maxCount = Math.max(1, Math.min(header.maxMessages(), settings.maxAnswerCount()));
        int maxBytes = Math.min(wantedBytes(header), Math.min(settings.maxAnswerBytes(), MOST_BYTES));
        long available = admitted.queue().maxOffset() - header.queueOffset();
        RecordCollector records = new RecordCollector(allocator, Math.min(maxCount, available), maxBytes, coldReads);
        long began = clock.nanos();
        try {
            ReadOutcome outcome = store.read(
                    admitted.queue(),
                    new ReadRequest(
                            header.queueOffset(), maxCount, maxBytes, MOST_EXAMINED, admitted.filter(), memoryOnly),
                    records);
            traffic.read(clock.nanos() - began);
            if (outcome.status() == Status.FOUND) {
                PullAnswers.found(task.exchange(), admitted, outcome, records.take());
                offsets.handedOut(header.consumerGroup(), header.topic(), header.queueId(), outcome.nextOffset());
                traffic.pulled(header.consumerGroup(), header.topic(), outcome.count(), outcome.bytes());
            } else if (outcome.status() != Status.NEEDS_DISK) {
                traffic.missed();
            }
            return outcome;
        } finally {
            records.release();
        }
    }

    private static int wantedBytes(PullRequestHeader header) {
        return header.maxBytes() > 0 ? header.maxBytes() : Integer.MAX_VALUE;
    }
}
