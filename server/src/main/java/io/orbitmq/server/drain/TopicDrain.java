package io.orbitmq.server.drain;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.pull.PullAnswerHeader;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.server.cluster.ClusterCalls;
import io.orbitmq.server.cluster.ClusterFailedException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Forwards the messages of a topic to another, at least once each, keeping order by key. Works in rounds over at most 64
 * queues: pull side by side, send in order, commit. Nothing is committed before it is stored in the target, so that a
 * killed drain repeats at most a round; what it repeats bears the UNIQ_KEY of the first time.
 */
public final class TopicDrain {

    private static final int QUEUES_PER_ROUND = 64;
    private static final int MESSAGES_PER_PULL = 32;
    private static final long IDLE_PAUSE_MS = 200;
    private static final long ROUTE_PERIOD_NANOS = Duration.ofSeconds(30).toNanos();

    private final DrainPlan plan;
    private final DrainRequests requests;
    private final OrderedSender sender;
    private final TargetChoice choice;
    private final Watcher watcher;
    private final Clock clock;
    private final List<SourceQueue> sources = new ArrayList<>();
    private final long begunNanos;
    private long routedNanos;
    private long forwarded;

    /** Hears now and then how far the drain is. */
    public interface Watcher {

        /**
         * @param forwarded messages stored in the target so far
         * @param behind messages still to be forwarded at the last look
         */
        void progressed(long forwarded, long behind);
    }

    /** Looks both topics up; throws {@link ClusterFailedException} when one is not there. */
    public TopicDrain(DrainPlan plan, ClusterCalls cluster, Clock clock, Watcher watcher) {
        this.plan = plan;
        this.requests = new DrainRequests(plan, cluster);
        this.sender = new OrderedSender(cluster);
        this.choice = new TargetChoice(plan.order(), requests.targets());
        this.watcher = watcher;
        this.clock = clock;
        this.begunNanos = clock.nanos();
        findSources();
    }

    public int sourceQueues() {
        return sources.size();
    }

    public int targetQueues() {
        return choice.count();
    }

    /**
     * Runs until every source queue was caught up with once, or for ever with {@link DrainPlan#follow}.
     *
     * @throws ClusterFailedException when a broker does not do its part; running again goes on
     */
    public DrainReport run() {
        do {
            long before = forwarded;
            for (int i = 0; i < sources.size(); i += QUEUES_PER_ROUND) {
                round(sources.subList(i, Math.min(sources.size(), i + QUEUES_PER_ROUND)));
                keepToTheRate();
            }
            watcher.progressed(
                    forwarded, sources.stream().mapToLong(SourceQueue::behind).sum());
            if (plan.follow() && forwarded == before) {
                pause(IDLE_PAUSE_MS);
                findSourcesNowAndThen();
            }
        } while (plan.follow() || !sources.stream().allMatch(SourceQueue::isCaughtUp));
        return DrainReport.of(sources, sender.repeated(), clock.nanos() - begunNanos);
    }

    private record Pulled(SourceQueue source, Command answer, int messages) {}

    private void round(List<SourceQueue> queues) {
        int count = plan.ratePerSecond() == 0
                ? MESSAGES_PER_PULL
                : Math.max(1, Math.min(MESSAGES_PER_PULL, plan.ratePerSecond() / (4 * queues.size())));
        List<CompletableFuture<Command>> calls =
                queues.stream().map(queue -> requests.pull(queue, count)).toList();
        List<Pulled> pulled = new ArrayList<>();
        for (int i = 0; i < queues.size(); i++) {
            SourceQueue source = queues.get(i);
            Command answer = ClusterCalls.await(source.address(), calls.get(i));
            int messages = answer.code() == ResponseCode.SUCCESS ? forward(source, answer.body()) : 0;
            pulled.add(new Pulled(source, answer, messages));
        }
        sender.flush();
        for (Pulled each : pulled) {
            account(each);
            if (each.source().isUncommitted()) {
                requests.commit(each.source());
            }
        }
    }

    /** Hands the records of an answer to the sender and counts them. */
    private int forward(SourceQueue source, ByteBuffer records) {
        int messages = 0;
        for (int base = records.position(); base < records.limit(); base += MessageRecord.totalSize(records, base)) {
            MessageCopy copy = new MessageCopy(records, base);
            TargetQueue target = choice.of(source, copy.orderKey());
            sender.add(target, copy.toRequest(plan, target));
            messages++;
        }
        return messages;
    }

    private void account(Pulled pulled) {
        Command answer = pulled.answer();
        SourceQueue source = pulled.source();
        switch (answer.code()) {
            case ResponseCode.SUCCESS -> {
                forwarded += pulled.messages();
                source.took(PullAnswerHeader.from(answer.fields()), pulled.messages());
            }
            case ResponseCode.PULL_NOT_FOUND -> source.nothingThere(PullAnswerHeader.from(answer.fields()));
            case ResponseCode.PULL_RETRY_IMMEDIATELY, ResponseCode.PULL_OFFSET_MOVED ->
                source.moved(PullAnswerHeader.from(answer.fields()));
            default ->
                throw new ClusterFailedException("Reading queue " + source.queueId() + " of " + source.broker()
                        + " at offset " + source.nextOffset() + " was refused with code " + answer.code() + ": "
                        + answer.remark());
        }
    }

    private void keepToTheRate() {
        if (plan.ratePerSecond() > 0) {
            long dueNanos = forwarded * TimeUnit.SECONDS.toNanos(1) / plan.ratePerSecond();
            pause(TimeUnit.NANOSECONDS.toMillis(dueNanos - (clock.nanos() - begunNanos)));
        }
    }

    private void findSourcesNowAndThen() {
        if (clock.nanos() - routedNanos > ROUTE_PERIOD_NANOS) {
            findSources();
        }
    }

    private void findSources() {
        sources.addAll(requests.sourcesBesides(sources));
        routedNanos = clock.nanos();
    }

    private static void pause(long ms) {
        if (ms > 0) {
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, ms, TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
