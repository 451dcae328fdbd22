package io.orbitmq.broker.transaction;

import io.orbitmq.broker.TransactionSettings;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.AppendOutcome.Refused;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks producers about transactions they left open, and gives up in the end (protocol/06 section 4.5). It wakes when the
 * next transaction is due; while none is open it has no task at all. Only questions that were sent count: a group without
 * a live producer is asked when one is back, and given up when its message is as old as the store keeps messages.
 *
 * <p>Ages count from the broker's own store time, not from the producer's clock. Everything runs on the scheduler's thread
 * and may wait for the disk, but for {@link #opened}, which runs under the store's append lock.
 */
final class CheckBack {

    private static final Logger LOG = LoggerFactory.getLogger(CheckBack.class);
    private static final long NANOS_PER_MS = 1_000_000;
    private static final long MS_PER_SECOND = 1000;
    /** Looks close to each other are made together. */
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(100);
    /** Looks per wake-up, so that a crowd of questions does not flood a producer. */
    private static final int MOST_LOOKS = 500;

    private final TransactionParts parts;
    private final Settlements settlements;
    private final CheckSender sender;
    private final CheckQueue queue = new CheckQueue();
    private final AtomicBoolean asleep = new AtomicBoolean(true);
    private long takenTo;
    private int givenUp;
    private String lastGivenUp = "";
    private volatile boolean stopped;

    CheckBack(TransactionParts parts, Settlements settlements) {
        this.parts = parts;
        this.settlements = settlements;
        this.sender = new CheckSender(
                parts.producers(), parts.config().get().identity().brokerName());
    }

    /** Begins; what was open before a restart is looked at as soon as producers had time to come back. */
    void start() {
        parts.table().onOpened(this::opened);
        if (!parts.table().isEmpty()) {
            opened();
        }
    }

    /** The open transaction is looked at now. Any thread. */
    void lookSoon(long position) {
        parts.scheduler().after(Duration.ZERO, () -> {
            synchronized (this) {
                takeNew(parts.clock().nanos());
                queue.put(position, parts.clock().nanos());
                look();
            }
        });
    }

    /** Ends; when this returns nothing is looked at any more. */
    synchronized void stop() {
        stopped = true;
    }

    private void opened() {
        if (!stopped && asleep.get() && asleep.compareAndSet(true, false)) {
            parts.scheduler().after(settings().timeout(), this::wake);
        }
    }

    /** The one chain of tasks: each run arranges the next. */
    private synchronized void wake() {
        try {
            look();
        } finally {
            sleep();
        }
    }

    private void look() {
        if (stopped) {
            return;
        }
        long now = parts.clock().nanos();
        takeNew(now);
        StateWriter counted = new StateWriter();
        givenUp = 0;
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            OptionalLong position = queue.poll(now);
            if (position.isEmpty()) {
                break;
            }
            Optional<OpenTransaction> open = parts.table().find(position.getAsLong());
            if (open.isPresent()) {
                queue.put(position.getAsLong(), now + settings().checkInterval().toNanos());
                lookAt(open.get(), counted);
            }
        }
        finish(counted);
    }

    private void lookAt(OpenTransaction open, StateWriter counted) {
        Optional<HalfMessage> half = HalfMessage.read(parts.store(), open.position());
        if (half.isEmpty()) {
            LOG.error(
                    "event=half-message-unreadable position={} queueOffset={} action=its transaction is closed; the"
                            + " record is damaged, look at the disk",
                    open.position(),
                    open.queueOffset());
            settlements.drop(open.position());
            return;
        }
        boolean tooOld = parts.clock().epochMs() - open.storeMs()
                > parts.config().get().store().retention().toMillis();
        if (open.checks() >= settings().checkMax() || tooOld) {
            giveUp(half.get());
        } else if (sender.ask(half.get(), open.checks() + 1)) {
            OpenTransactions.checked(counted, open.position(), open.checks() + 1);
        }
    }

    private void giveUp(HalfMessage half) {
        if (settlements.giveUp(half) instanceof Settled.Done done && done.now()) {
            givenUp++;
            lastGivenUp = "group " + half.producerGroup() + ", topic " + half.realTopic() + ", key " + half.uniqueKey();
        }
    }

    private void finish(StateWriter counted) {
        if (counted.size() > 0
                && parts.store().appendState(parts.table().name(), counted.toBuffer()) instanceof Refused refused) {
            LOG.warn("event=checks-not-counted action=they are made again reason=\"{}\"", refused.text());
        }
        if (givenUp > 0) {
            LOG.warn(
                    "event=transactions-given-up count={} last=\"{}\" action=find them in {}, then commit or roll back"
                            + " in the application",
                    givenUp,
                    lastGivenUp,
                    Names.TRANSACTION_GIVEN_UP_TOPIC);
        }
        if (counted.size() > 0 || givenUp > 0) {
            parts.store().endTurn();
        }
    }

    /** Gives a time to the transactions that began since the last wake-up. */
    private void takeNew(long now) {
        long nowMs = parts.clock().epochMs();
        for (OpenTransaction open : parts.table().from(takenTo)) {
            long patienceMs = patienceMs(open);
            long remainingMs = Math.max(0, Math.min(patienceMs, open.storeMs() + patienceMs - nowMs));
            queue.put(open.position(), now + remainingMs * NANOS_PER_MS);
            takenTo = open.position() + 1;
        }
        if (queue.size() > 2 * parts.table().count() + MOST_LOOKS) {
            queue.keep(position -> parts.table().find(position).isPresent());
        }
    }

    private long patienceMs(OpenTransaction open) {
        long asked = Math.max(settings().timeout().toMillis(), open.immunitySeconds() * MS_PER_SECOND);
        return Math.min(asked, parts.config().get().store().retention().toMillis());
    }

    private void sleep() {
        if (stopped) {
            return;
        }
        if (parts.table().isEmpty()) {
            queue.keep(position -> false);
            asleep.set(true);
            if (parts.table().isEmpty() || !asleep.compareAndSet(true, false)) {
                return;
            }
        }
        long longest = settings().timeout().toNanos();
        long now = parts.clock().nanos();
        OptionalLong next = queue.nextNanos();
        long sleep = next.isEmpty() ? longest : Math.min(longest, next.getAsLong() - now);
        parts.scheduler().after(Duration.ofNanos(Math.max(SHORTEST_SLEEP.toNanos(), sleep)), this::wake);
    }

    private TransactionSettings settings() {
        return parts.config().get().transactions();
    }
}
