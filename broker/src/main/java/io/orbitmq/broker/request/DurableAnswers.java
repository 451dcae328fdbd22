package io.orbitmq.broker.request;

import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.Exchange;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Gives answers that promise something once the store holds it durably. All appends of one turn of an event loop end
 * with one call to the store and wait together; their answers go out together on that event loop. An answer that waited
 * longer than the time-out goes out with code 10, the message being stored but perhaps not on disk (protocol/04 section
 * 2.2). Safe for any thread: each thread collects its own turn.
 */
public final class DurableAnswers implements AutoCloseable {

    private static final int SWEEPS_PER_TIMEOUT = 10;

    private final MessageStore store;
    private final Clock clock;
    private final WaitListener listener;
    private final long timeoutNanos;
    private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);
    private volatile Slow slow = new Slow(Long.MAX_VALUE, (connection, durable) -> {});
    /** Batches in the order they began to wait; done ones leave with the next sweep. */
    private final Queue<AnswerBatch> waiting = new ConcurrentLinkedQueue<>();

    private final Scheduler.Scheduled sweep;

    /** Hears how long answers waited for the disk, on an unspecified thread; must be quick. */
    @FunctionalInterface
    public interface WaitListener {

        /** {@code count} answers waited together. */
        void waited(int count, long nanos);
    }

    /** @param timeout longest wait for the disk */
    public DurableAnswers(MessageStore store, Scheduler scheduler, Clock clock, Duration timeout) {
        this(store, scheduler, clock, timeout, (count, nanos) -> {});
    }

    /** @param timeout longest wait for the disk */
    public DurableAnswers(
            MessageStore store, Scheduler scheduler, Clock clock, Duration timeout, WaitListener listener) {
        this.store = store;
        this.listener = listener;
        this.clock = clock;
        this.timeoutNanos = timeout.toNanos();
        Duration period = timeout.dividedBy(SWEEPS_PER_TIMEOUT);
        this.sweep = scheduler.every(period, period, this::sweep);
    }

    /**
     * Answers {@code stored} once everything before {@code endPosition} is durable.
     *
     * @param endPosition as the append said
     * @param stored the answer of success
     */
    public void answerWhenDurable(Exchange exchange, long endPosition, Command stored) {
        Turn turn = turns.get();
        turn.batch.add(exchange, stored, endPosition);
        exchange.atEndOfTurn(turn);
    }

    /** Answers success without fields once everything before {@code endPosition} is durable. */
    public void succeedWhenDurable(Exchange exchange, long endPosition) {
        answerWhenDurable(
                exchange, endPosition, Command.response(exchange.request(), ResponseCode.SUCCESS, Fields.NONE));
    }

    /** For an append nobody waits for: hands it on with the rest of the turn. */
    public void appended(Exchange exchange) {
        exchange.atEndOfTurn(turns.get());
    }

    /** Hears of answers that are late. */
    @FunctionalInterface
    public interface SlowListener {

        /** Answers of this connection wait, because what they promise is behind {@code durablePosition}. */
        void late(Connection connection, long durablePosition);
    }

    private record Slow(long afterNanos, SlowListener listener) {}

    /**
     * Tells {@code listener} of answers that have waited for {@code after}, or up to a tenth of the time-out more, each
     * batch once; on the scheduler.
     */
    public void onSlow(Duration after, SlowListener listener) {
        slow = new Slow(after.toNanos(), listener);
    }

    @Override
    public void close() {
        sweep.cancel();
    }

    private void sweep() {
        long now = clock.nanos();
        tellSlow(now);
        for (AnswerBatch batch = waiting.peek(); batch != null; batch = waiting.peek()) {
            if (!batch.isDone() && now - batch.sinceNanos() < timeoutNanos) {
                return;
            }
            waiting.poll();
            batch.timedOut();
        }
    }

    private void tellSlow(long now) {
        Slow told = slow;
        for (AnswerBatch batch : waiting) {
            if (!batch.isDone()) {
                if (now - batch.sinceNanos() < told.afterNanos) {
                    return;
                }
                batch.tellSlow(told.listener, store);
            }
        }
    }

    /** Collects the answers of one thread's turn; the same object each turn, so that a turn ends once. */
    private final class Turn implements Runnable {

        private AnswerBatch batch = new AnswerBatch(listener, clock, 1);

        @Override
        public void run() {
            store.endTurn();
            AnswerBatch ended = batch;
            if (ended.isEmpty()) {
                return;
            }
            batch = new AnswerBatch(listener, clock, ended.size());
            ended.startWaiting(clock.nanos());
            store.whenDurable(ended.endPosition(), ended);
            if (!ended.isDone()) {
                waiting.add(ended);
            }
        }
    }
}
