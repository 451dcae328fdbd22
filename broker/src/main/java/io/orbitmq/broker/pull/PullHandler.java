package io.orbitmq.broker.pull;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.PullSettings;
import io.orbitmq.broker.longpoll.HeldRequest;
import io.orbitmq.broker.longpoll.HeldRequest.Waiting;
import io.orbitmq.broker.longpoll.HeldRequests;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.pull.Admission.Admitted;
import io.orbitmq.broker.pull.Admission.Refused;
import io.orbitmq.broker.request.FailureAnswers;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.pull.PullRequestHeader;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadOutcome.Status;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * PULL_MESSAGE (11) and LITE_PULL_MESSAGE (361). On the event loop a pull goes
 *
 * <pre>
 * check -> pending reset? -> commit offset -> read from memory -> answer
 *                                                  |-> needs the disk: read again on the cold-read pool -> answer
 *                                                  |-> nothing new: hold, later run once more from the top
 * </pre>
 *
 * A pull that was held is checked again with the state of then, commits nothing and is not held a second time.
 */
public final class PullHandler implements RequestHandler {

    private static final long LONGEST_HOLD_MS = TimeUnit.HOURS.toMillis(1);

    private final PullAdmission admission;
    private final PullReader reader;
    private final ConsumerOffsets offsets;
    private final HeldRequests held;
    private final Executor coldReads;
    private final Holding holding;

    public PullHandler(PullParts parts) {
        this.admission = new PullAdmission(
                parts.config(), parts.topics(), parts.groupConfigs(), parts.groups(), parts.filters(), parts.store());
        this.reader = new PullReader(parts);
        this.offsets = parts.offsets();
        this.held = parts.held();
        this.coldReads = parts.coldReads();
        this.holding = new Holding(parts.config(), parts.clock());
    }

    /** How long a pull is held. */
    private record Holding(LiveConfig config, Clock clock) {

        /** Milliseconds; 0 or less means not at all. */
        long holdMs(PullRequestHeader header) {
            PullSettings settings = config.get().pulls();
            return settings.longPolling()
                    ? Math.min(header.suspendTimeoutMs(), LONGEST_HOLD_MS)
                    : settings.shortPollingTime().toMillis();
        }

        long deadlineNanos(long holdMs) {
            return clock.nanos() + TimeUnit.MILLISECONDS.toNanos(holdMs);
        }
    }

    @Override
    public void handle(Exchange exchange) {
        run(new PullTask(exchange, PullRequestHeader.from(exchange.request().fields()), true));
    }

    private void run(PullTask task) {
        PullRequestHeader header = task.header();
        Admission verdict = admission.check(header, task.exchange());
        if (verdict instanceof Refused refused) {
            PullAnswers.refuse(task.exchange(), refused);
            return;
        }
        Admitted admitted = (Admitted) verdict;
        long reset = offsets.takeReset(header.consumerGroup(), header.topic(), header.queueId());
        if (reset >= 0) {
            PullAnswers.reset(task.exchange(), admitted, reset);
            return;
        }
        if (task.commitsOffset()) {
            offsets.commit(header.consumerGroup(), header.topic(), header.queueId(), header.commitOffset());
        }
        ReadOutcome outcome = reader.read(task, admitted, true);
        if (outcome.status() == Status.NEEDS_DISK) {
            readFromDisk(task, admitted);
        } else {
            finish(task, admitted, outcome);
        }
    }

    private void readFromDisk(PullTask task, Admitted admitted) {
        Runnable read = () -> answeringFailures(task, () -> finish(task, admitted, reader.read(task, admitted, false)));
        try {
            coldReads.execute(read);
        } catch (RejectedExecutionException e) {
            task.exchange()
                    .refuse(
                            ResponseCode.SYSTEM_BUSY,
                            "[OVERLOAD]broker busy, too many pulls wait for reads from disk; topic "
                                    + task.header().topic() + " queue "
                                    + task.header().queueId() + ", pull again later");
        }
    }

    /** Answers or holds what the reader has not answered. */
    private void finish(PullTask task, Admitted admitted, ReadOutcome outcome) {
        if (outcome.status() == Status.FOUND) {
            return;
        }
        int code = PullAnswers.codeOf(outcome, task.header());
        if (code != ResponseCode.PULL_NOT_FOUND || !task.mayBeHeld() || !hold(task, admitted)) {
            PullAnswers.empty(task.exchange(), admitted, outcome, code);
        }
    }

    /** False when the pull cannot be held: too many are, or no time to wait was asked for. */
    private boolean hold(PullTask task, Admitted admitted) {
        PullRequestHeader header = task.header();
        long holdMs = holding.holdMs(header);
        if (holdMs <= 0) {
            return false;
        }
        PullTask again = task.secondRun();
        return held.hold(new HeldRequest(
                new Waiting(header.consumerGroup(), admitted.queue(), header.queueOffset(), admitted.filter()),
                task.exchange().connection(),
                holding.deadlineNanos(holdMs),
                () -> answeringFailures(again, () -> run(again))));
    }

    private static void answeringFailures(PullTask task, Runnable work) {
        FailureAnswers.goOn(task.exchange(), "pull", work);
    }
}
