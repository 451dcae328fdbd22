package io.orbitmq.broker.pop;

import io.netty.buffer.ByteBuf;
import io.orbitmq.broker.PopSettings;
import io.orbitmq.broker.pop.PopAdmission.Verdict;
import io.orbitmq.broker.pop.PopAdmission.Verdict.Admitted;
import io.orbitmq.broker.pop.PopOutcome.Empty;
import io.orbitmq.broker.pop.PopOutcome.Found;
import io.orbitmq.broker.pop.PopOutcome.NotStored;
import io.orbitmq.broker.pop.hold.HeldPop;
import io.orbitmq.broker.pop.hold.HeldPops;
import io.orbitmq.broker.pop.hold.HeldPops.Outcome;
import io.orbitmq.broker.pop.hold.HoldKey;
import io.orbitmq.broker.request.FailureAnswers;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.pop.PopAnswerHeader;
import io.orbitmq.protocol.header.pop.PopRequestHeader;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * POP_MESSAGE (200050). On the event loop a pop goes
 *
 * <pre>
 * check -> visit queues in memory -> record of what is out -> answer
 *                   |-> needs the disk: the whole once more on the cold-read pool
 *                   |-> nothing: hold, later the whole once more
 * </pre>
 *
 * The answer does not wait for the disk: when the record is lost, so is the move of the group's offset, and the messages
 * are popped again.
 */
final class PopHandler implements RequestHandler {

    /** A lease, its places in the table and in the heap of deadlines, at worst. */
    private static final int BYTES_PER_LEASE = 80;

    private static final int SHARE_OF_HEAP = 3;

    private final PopParts parts;
    private final PopAdmission admission;
    private final QueueTurns turns;
    private final OrderedPops ordered;
    private final HeldPops held;
    private final PopPatience patience;
    private final TurnEnd turnEnd;
    private final AtomicInteger reviveQueueIds = new AtomicInteger();

    PopHandler(
            PopParts parts,
            PopAdmission admission,
            QueueTurns turns,
            OrderedPops ordered,
            HeldPops held,
            TurnEnd turnEnd) {
        this.parts = parts;
        this.admission = admission;
        this.turns = turns;
        this.ordered = ordered;
        this.held = held;
        this.patience = new PopPatience(parts.clock());
        this.turnEnd = turnEnd;
    }

    @Override
    public void handle(Exchange exchange) {
        PopRequestHeader header = PopRequestHeader.from(exchange.request().fields());
        Verdict verdict = admission.check(header, exchange.connection());
        if (verdict instanceof Verdict.Refused refused) {
            PopAnswers.refuse(exchange, refused.refusal());
            return;
        }
        PopTask task = new PopTask(
                exchange,
                header,
                new HoldKey(header.topic(), header.consumerGroup(), header.queueId()),
                ((Admitted) verdict).filter(),
                patience.deadlineNanos(header.bornTimeMs(), header.pollTimeMs()));
        run(task, (Admitted) verdict, true);
    }

    /** A held pop is checked with the state of now, but not for its age. */
    private void runAgain(PopTask task) {
        PopRequestHeader header = task.header();
        Verdict verdict = admission.checkLook(
                header.consumerGroup(),
                header.topic(),
                header.queueId(),
                task.exchange().connection());
        if (verdict instanceof Verdict.Refused refused) {
            PopAnswers.refuse(task.exchange(), refused.refusal());
        } else {
            run(task, new Admitted(((Admitted) verdict).topic(), task.filter()), true);
        }
    }

    private void run(PopTask task, Admitted admitted, boolean memoryOnly) {
        PopSettings settings = parts.config().get().pops();
        int reviveQueueId = task.header().order()
                ? ReceiptHandle.ORDERED
                : Math.floorMod(reviveQueueIds.getAndIncrement(), settings.reviveQueues());
        PopRun.Occasion occasion = new PopRun.Occasion(parts.clock().epochMs(), reviveQueueId, memoryOnly);
        if (isFull()) {
            PopAnswers.empty(
                    task.exchange(),
                    ResponseCode.POLLING_FULL,
                    new PopAnswerHeader(
                            occasion.popTimeMs(), task.header().invisibleTimeMs(), reviveQueueId, 0, "", "", ""));
            return;
        }
        PopOutcome outcome = new PopRun(parts, turns, ordered, task.header(), admitted, occasion).run();
        if (outcome instanceof Found found) {
            turnEnd.appended(task.exchange());
            answer(task, found.header(), found.records());
        } else if (outcome instanceof Empty empty) {
            finishEmpty(task, empty);
        } else if (outcome instanceof NotStored notStored) {
            task.exchange()
                    .refuse(
                            ResponseCode.SYSTEM_ERROR,
                            "no message was handed out because that cannot be remembered: "
                                    + notStored.refused().text());
        } else {
            readFromDisk(task, admitted);
        }
    }

    private void answer(PopTask task, PopAnswerHeader header, ByteBuf records) {
        PopAnswers.found(task.exchange(), header, records);
        if (header.rest() > 0) {
            held.wakeOne(task.key());
            if (task.key().queueId() != HoldKey.ALL_QUEUES) {
                held.wakeOne(new HoldKey(task.key().topic(), task.key().group(), HoldKey.ALL_QUEUES));
            }
        }
    }

    private void finishEmpty(PopTask task, Empty empty) {
        parts.traffic().missed();
        if (empty.again() || !task.mayBeHeld(parts.clock().nanos())) {
            PopAnswers.empty(task.exchange(), ResponseCode.POLLING_TIMEOUT, empty.header());
            return;
        }
        PopSettings settings = parts.config().get().pops();
        HeldPop waiting = new HeldPop(
                task.key(),
                task.filter(),
                task.exchange().connection(),
                patience.noLaterThan(task.deadlineNanos(), empty.againAtMs()),
                () -> answeringFailures(task, () -> runAgain(task)));
        Outcome outcome =
                held.hold(waiting, new HeldPops.Limits(settings.maxHeldPerKey(), settings.maxHeld()), empty.missed());
        if (outcome != Outcome.HELD) {
            PopAnswers.empty(
                    task.exchange(),
                    outcome == Outcome.FULL ? ResponseCode.POLLING_FULL : ResponseCode.POLLING_TIMEOUT,
                    empty.header());
        }
    }

    private void readFromDisk(PopTask task, Admitted admitted) {
        try {
            parts.machine().coldReads().execute(() -> answeringFailures(task, () -> run(task, admitted, false)));
        } catch (RejectedExecutionException e) {
            task.exchange()
                    .refuse(
                            ResponseCode.SYSTEM_BUSY,
                            "[OVERLOAD]broker busy, too many reads from disk wait; topic "
                                    + task.header().topic() + ", pop again later");
        }
    }

    /** More would not fit into memory. */
    private boolean isFull() {
        return parts.table().leases() >= parts.machine().maxHeapBytes() / BYTES_PER_LEASE / SHARE_OF_HEAP;
    }

    private static void answeringFailures(PopTask task, Runnable work) {
        FailureAnswers.goOn(task.exchange(), "pop", work);
    }
}
