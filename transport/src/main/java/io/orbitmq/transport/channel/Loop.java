package io.orbitmq.transport.channel;

import io.netty.channel.EventLoop;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.frame.ByteSink;
import io.orbitmq.protocol.frame.HeaderDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connections of one event loop share. A turn begins with the first bytes read after waiting and ends when all
 * connections that were ready have been read: then the handlers' end-of-turn tasks run, and every connection with
 * answers is flushed once. Answers from other threads queue up here and wake the loop once for all of them.
 *
 * <p>All fields belong to the event loop's thread, except {@code submitted} and {@code wakeUpPending}.
 */
final class Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final int SUBMISSIONS_PER_TURN = 1024;
    private static final int SINK_BYTES = 1024;
    private static final int LARGEST_SINK_KEPT_BYTES = 256 * 1024;
    private static final int SINKS_KEPT = 16;

    private final EventLoop eventLoop;
    private final Queue<Submission> submitted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeUpPending = new AtomicBoolean();
    private final Runnable drain = this::drain;
    private final Runnable turnEnd = this::endTurn;
    private final Deque<ByteSink> sinks = new ArrayDeque<>();
    private final HeaderDecoder decoder = new HeaderDecoder();
    private final List<Outbound> unflushed = new ArrayList<>();
    private final List<Runnable> endOfTurn = new ArrayList<>();
    private boolean reading;
    private boolean turnOpen;
    private boolean timeKept;
    private boolean timed;
    private long turnNanos;
    private long inWork;

    Loop(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** Something that another thread hands to this loop. */
    interface Submission {

        /** Carries it out, on the event loop. */
        void onLoop();

        /** The loop has stopped for good. */
        void onLoopGone();
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    boolean isCurrent() {
        return eventLoop.inEventLoop();
    }

    /** Carries {@code submission} out: at once on the event loop, else soon together with others. */
    void submit(Submission submission) {
        if (eventLoop.inEventLoop()) {
            submission.onLoop();
            return;
        }
        submitted.offer(submission);
        if (!wakeUpPending.get() && wakeUpPending.compareAndSet(false, true)) {
            wakeUp();
        }
    }

    private void wakeUp() {
        try {
            eventLoop.execute(drain);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=loop-gone submissions are dropped");
            wakeUpPending.set(false);
            for (Submission next = submitted.poll(); next != null; next = submitted.poll()) {
                next.onLoopGone();
            }
        }
    }

    /** A turn of its own, unless one is open: then that one ends with these answers too. */
    private void drain() {
        wakeUpPending.set(false);
        boolean own = !turnOpen;
        turnOpen = true;
        int taken = 0;
        for (Submission next = submitted.poll(); next != null; next = submitted.poll()) {
            carryOut(next);
            if (++taken == SUBMISSIONS_PER_TURN) {
                break;
            }
        }
        if (own) {
            endTurn();
        }
        if (!submitted.isEmpty() && wakeUpPending.compareAndSet(false, true)) {
            wakeUp();
        }
    }

    private static void carryOut(Submission submission) {
        try {
            submission.onLoop();
        } catch (RuntimeException e) {
            LOG.error("event=submission-failed one answer or call is lost", e);
        }
    }

    /** Connections that are ready will be read now. */
    void beginReading() {
        reading = true;
        timeKept = true;
        timed = false;
    }

    /** All connections that were ready have been read. */
    void endReading() {
        reading = false;
        if (turnOpen) {
            endTurn();
        }
        timeKept = false;
    }

    /** The clock's time, read once for all connections that are read and answered in one turn. */
    long turnNanos(Clock clock) {
        if (!timeKept) {
            return clock.nanos();
        }
        if (!timed) {
            timed = true;
            turnNanos = clock.nanos();
        }
        return turnNanos;
    }

    /** Makes sure that {@link #endTurn} runs after everything that is ready now. */
    private void openTurn() {
        if (!turnOpen) {
            turnOpen = true;
            if (!reading) {
                eventLoop.execute(turnEnd);
            }
        }
    }

    /** Runs {@code task} at the end of this turn unless the same object already waits for it. */
    void atEndOfTurn(Runnable task) {
        for (int i = endOfTurn.size() - 1; i >= 0; i--) {
            if (endOfTurn.get(i) == task) {
                return;
            }
        }
        endOfTurn.add(task);
        openTurn();
    }

    /** What the tasks answer leaves with this turn: it stays open for them. */
    private void endTurn() {
        try {
            for (int i = 0; i < endOfTurn.size(); i++) {
                runGuarded(endOfTurn.get(i));
            }
            endOfTurn.clear();
        } finally {
            turnOpen = false;
        }
        flushAll();
    }

    private static void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("event=end-of-turn-task-failed requests of this turn may stay without answer", e);
        }
    }

    /** Remembers a connection that has something to flush. */
    void needsFlush(Outbound outbound) {
        unflushed.add(outbound);
        openTurn();
    }

    private void flushAll() {
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }

    /** An empty sink for the frames that a connection writes in this turn; it {@link #giveBack}s it. */
    ByteSink takeSink() {
        ByteSink known = sinks.pollLast();
        return known == null ? new ByteSink(SINK_BYTES) : known;
    }

    void giveBack(ByteSink sink) {
        if (sinks.size() < SINKS_KEPT && sink.array().length <= LARGEST_SINK_KEPT_BYTES) {
            sink.clear();
            sinks.addLast(sink);
        }
    }

    /** For the frames of all its connections. */
    HeaderDecoder decoder() {
        return decoder;
    }

    void requestBegun() {
        inWork++;
    }

    void requestEnded() {
        inWork--;
    }

    /** Requests that wait for their answers; on the event loop. */
    long inWork() {
        return inWork;
    }
}
