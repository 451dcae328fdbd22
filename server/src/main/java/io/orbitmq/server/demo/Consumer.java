package io.orbitmq.server.demo;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.pull.PullAnswerHeader;
import io.orbitmq.protocol.message.MessageRecord;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/**
 * Pulls all queues, one pull per queue at a time, until every message has arrived. Runs on its connection's event loop;
 * the ledger's counts may be read by any thread.
 */
final class Consumer {

    private static final long LONGEST_LATENCY_MICROS = 60_000_000;

    private final DemoPlan plan;
    private final BrokerCalls broker;
    private final Clock clock;
    private final Ledger ledger;
    private final Histogram latencyMicros = new Histogram(LONGEST_LATENCY_MICROS, 3);
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Consumer(DemoPlan plan, BrokerCalls broker, Clock clock) {
        this.plan = plan;
        this.broker = broker;
        this.clock = clock;
        this.ledger = new Ledger(plan.messages());
    }

    /** Begins; completes when every message has arrived, exceptionally on the first failure. */
    CompletableFuture<Void> start() {
        for (int queueId = 0; queueId < plan.queues(); queueId++) {
            pull(queueId, 0);
        }
        return done;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Time from send to arrival; to be read once {@link #start}'s future is complete. */
    Histogram latencyMicros() {
        return latencyMicros;
    }

    private void pull(int queueId, long offset) {
        if (!done.isDone()) {
            broker.pull(queueId, offset).whenComplete((answer, failure) -> answered(queueId, offset, answer, failure));
        }
    }

    private void answered(int queueId, long offset, Command answer, Throwable failure) {
        if (failure != null) {
            fail("The pull of queue " + queueId + " at offset " + offset + " got no answer: " + failure.getMessage());
            return;
        }
        switch (answer.code()) {
            case ResponseCode.SUCCESS -> {
                take(answer.body());
                pull(queueId, PullAnswerHeader.from(answer.fields()).nextBeginOffset());
            }
            case ResponseCode.PULL_NOT_FOUND, ResponseCode.PULL_RETRY_IMMEDIATELY -> pull(queueId, offset);
            default ->
                fail("The pull of queue " + queueId + " at offset " + offset + " was refused with code " + answer.code()
                        + ": " + answer.remark());
        }
    }

    private void take(ByteBuffer records) {
        long now = clock.nanos();
        int base = records.position();
        while (base < records.limit()) {
            int body = MessageRecord.bodyPosition(records, base);
            int number = DemoBody.readNumber(records, body, MessageRecord.bodyLength(records, base));
            ledger.arrived(number);
            if (number >= 0) {
                long tookMicros = (now - DemoBody.readSentNanos(records, body)) / 1000;
                latencyMicros.recordValue(Math.max(0, Math.min(LONGEST_LATENCY_MICROS, tookMicros)));
            }
            base += MessageRecord.totalSize(records, base);
        }
        if (ledger.isComplete()) {
            done.complete(null);
        }
    }

    private void fail(String sentence) {
        done.completeExceptionally(new DemoFailedException(sentence));
    }
}
