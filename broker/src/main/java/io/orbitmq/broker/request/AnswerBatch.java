package io.orbitmq.broker.request;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers of one turn, waiting together for the disk. Filled by one thread; then exactly one of durable, lost and
 * timed out decides, and the answers go out on the event loop of that thread.
 */
final class AnswerBatch implements MessageStore.DurabilityListener {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerBatch.class);

    private final Thread owner = Thread.currentThread();
    private final List<Exchange> exchanges;
    private final List<Command> answers;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final DurableAnswers.WaitListener listener;
    private final Clock clock;
    private long endPosition;
    private long sinceNanos;
    private boolean slowTold;

    /** @param expected about how many answers */
    AnswerBatch(DurableAnswers.WaitListener listener, Clock clock, int expected) {
        this.exchanges = new ArrayList<>(expected);
        this.answers = new ArrayList<>(expected);
        this.listener = listener;
        this.clock = clock;
    }

    void add(Exchange exchange, Command stored, long end) {
        exchanges.add(exchange);
        answers.add(stored);
        endPosition = Math.max(endPosition, end);
    }

    boolean isEmpty() {
        return exchanges.isEmpty();
    }

    int size() {
        return exchanges.size();
    }

    long endPosition() {
        return endPosition;
    }

    void startWaiting(long nowNanos) {
        sinceNanos = nowNanos;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    boolean isDone() {
        return decided.get();
    }

    @Override
    public void durable() {
        listener.waited(exchanges.size(), clock.nanos() - sinceNanos);
        decide(this::answerStored);
    }

    @Override
    public void lost(String reason) {
        decide(() -> answerLost(reason));
    }

    /** Tells that the answers are late, once; called by the sweep alone. */
    void tellSlow(DurableAnswers.SlowListener listener, MessageStore store) {
        if (slowTold) {
            return;
        }
        slowTold = true;
        long durable = store.status().durablePosition();
        exchanges.stream()
                .map(Exchange::connection)
                .distinct()
                .forEach(connection -> listener.late(connection, durable));
    }

    /** Does nothing when it was decided before. */
    void timedOut() {
        decide(this::answerTimeout);
    }

    private void decide(Runnable action) {
        if (!decided.compareAndSet(false, true)) {
            return;
        }
        if (Thread.currentThread() == owner) {
            action.run();
            return;
        }
        try {
            exchanges.get(0).connection().execute(action);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=answers-dropped count={} reason=event-loop-gone", exchanges.size());
        }
    }

    private void answerStored() {
        for (int i = 0; i < exchanges.size(); i++) {
            exchanges.get(i).answer(answers.get(i));
        }
    }

    private void answerLost(String reason) {
        for (Exchange exchange : exchanges) {
            exchange.refuse(
                    ResponseCode.SERVICE_NOT_AVAILABLE,
                    "the message was taken but its place on disk is not certain: " + reason
                            + "; send it to another broker and have this one looked at");
        }
    }

    private void answerTimeout() {
        for (int i = 0; i < exchanges.size(); i++) {
            Command stored = answers.get(i);
            exchanges
                    .get(i)
                    .answer(Command.response(
                            exchanges.get(i).request(),
                            ResponseCode.FLUSH_DISK_TIMEOUT,
                            stored.remark(),
                            stored.fields(),
                            stored.body()));
        }
    }
}
