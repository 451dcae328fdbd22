package io.orbitmq.server.demo;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/**
 * Sends the messages in order of their numbers, round robin over the queues, a fixed number in flight: each answer sends
 * the next. Runs on its connection's event loop; {@link #acknowledged} may be read by any thread.
 */
final class Producer {

    private static final long LONGEST_LATENCY_MICROS = 60_000_000;

    private final DemoPlan plan;
    private final BrokerCalls broker;
    private final Clock clock;
    private final Histogram latencyMicros = new Histogram(LONGEST_LATENCY_MICROS, 3);
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicInteger next = new AtomicInteger();
    private volatile int acknowledged;

    Producer(DemoPlan plan, BrokerCalls broker, Clock clock) {
        this.plan = plan;
        this.broker = broker;
        this.clock = clock;
    }

    /** Begins; completes when the last answer came, exceptionally on the first failure. */
    CompletableFuture<Void> start() {
        for (int i = 0; i < Math.min(plan.inFlight(), plan.messages()); i++) {
            sendNext();
        }
        return done;
    }

    int acknowledged() {
        return acknowledged;
    }

    /** Time from send to answer; to be read once {@link #start}'s future is complete. */
    Histogram latencyMicros() {
        return latencyMicros;
    }

    private void sendNext() {
        int number = next.getAndIncrement();
        if (number >= plan.messages() || done.isDone()) {
            return;
        }
        long sentNanos = clock.nanos();
        broker.send(number % plan.queues(), clock.epochMs(), "", DemoBody.write(number, sentNanos, plan.bodyBytes()))
                .whenComplete((answer, failure) -> answered(number, sentNanos, answer, failure));
    }

    private void answered(int number, long sentNanos, Command answer, Throwable failure) {
        if (failure != null) {
            done.completeExceptionally(
                    new DemoFailedException("Message " + number + " got no answer: " + failure.getMessage()));
        } else if (answer.code() != ResponseCode.SUCCESS) {
            done.completeExceptionally(new DemoFailedException(
                    "Message " + number + " was refused with code " + answer.code() + ": " + answer.remark()));
        } else {
            latencyMicros.recordValue(Math.min(LONGEST_LATENCY_MICROS, (clock.nanos() - sentNanos) / 1000));
            acknowledged++;
            if (acknowledged == plan.messages()) {
                done.complete(null);
            } else {
                sendNext();
            }
        }
    }
}
