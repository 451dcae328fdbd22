package io.orbitmq.server.demo;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends and consumes at the same time against one broker and reports. Blocks the calling thread, which draws the
 * progress.
 */
public final class Demo {

    private static final long REDRAW_MS = 100;
    private static final Duration STALL_LIMIT = Duration.ofSeconds(30);
    private static final HandlerTable NO_HANDLERS = HandlerTable.builder().build();

    private final DemoPlan plan;
    private final Clock clock;
    private final PrintStream out;
    private final boolean terminal;

    /** @param terminal whether {@code out} understands a carriage return */
    public Demo(DemoPlan plan, Clock clock, PrintStream out, boolean terminal) {
        this.plan = plan;
        this.clock = clock;
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Runs once, in a topic of its own that is removed at the end.
     *
     * @param brokerAddress {@code host:port}
     * @throws DemoFailedException when the broker refuses or stops answering
     */
    public DemoReport run(String brokerAddress) {
        String topic = "orbitmq_demo_" + clock.epochMs();
        try (RemotingClient producing = client("demo-producer");
                RemotingClient consuming = client("demo-consumer")) {
            BrokerCalls producerCalls = new BrokerCalls(producing, brokerAddress, topic);
            expectSuccess("Creating the topic " + topic, producerCalls.createTopic(plan.queues()));
            Producer producer = new Producer(plan, producerCalls, clock);
            Consumer consumer = new Consumer(plan, new BrokerCalls(consuming, brokerAddress, topic), clock);
            try {
                return sendAndConsume(producer, consumer);
            } finally {
                producerCalls.deleteTopic().exceptionally(failure -> null).join();
            }
        }
    }

    private DemoReport sendAndConsume(Producer producer, Consumer consumer) {
        long begun = clock.nanos();
        ProgressLine progress = new ProgressLine(out, terminal, plan.messages(), begun);
        CompletableFuture<Void> consumed = consumer.start();
        CompletableFuture<Long> sent = producer.start().thenApply(nothing -> clock.nanos() - begun);
        CompletableFuture<Long> received = consumed.thenApply(nothing -> clock.nanos() - begun);
        CompletableFuture<Void> failed = firstFailure(sent, received);
        await(CompletableFuture.anyOf(failed, sent.thenCombine(received, (a, b) -> null)), () -> {
            progress.show(producer.acknowledged(), consumer.ledger().distinct(), clock.nanos());
            return (long) producer.acknowledged() + consumer.ledger().distinct();
        });
        progress.finish(producer.acknowledged(), consumer.ledger().distinct(), clock.nanos());
        return new DemoReport(
                plan,
                sent.join(),
                received.join(),
                producer.latencyMicros(),
                consumer.latencyMicros(),
                consumer.ledger().duplicates(),
                consumer.ledger().strangers());
    }

    private static CompletableFuture<Void> firstFailure(CompletableFuture<Long> one, CompletableFuture<Long> other) {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        one.whenComplete((value, failure) -> failIf(failed, failure));
        other.whenComplete((value, failure) -> failIf(failed, failure));
        return failed;
    }

    private static void failIf(CompletableFuture<Void> target, Throwable failure) {
        if (failure != null) {
            target.completeExceptionally(failure.getCause() == null ? failure : failure.getCause());
        }
    }

    /** Waits, drawing now and then, until the work is done, fails, or makes no progress for too long. */
    private void await(CompletableFuture<?> work, ProgressProbe probe) {
        long progress = -1;
        long progressNanos = clock.nanos();
        while (true) {
            try {
                work.get(REDRAW_MS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                long now = probe.drawAndMeasure();
                if (now != progress) {
                    progress = now;
                    progressNanos = clock.nanos();
                } else if (clock.nanos() - progressNanos > STALL_LIMIT.toNanos()) {
                    throw new DemoFailedException("Nothing was sent or received for " + STALL_LIMIT.toSeconds()
                            + " seconds. Look at the broker's log.");
                }
            } catch (ExecutionException e) {
                throw new DemoFailedException(e.getCause().getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DemoFailedException("The demonstration was interrupted.");
            }
        }
    }

    private static void expectSuccess(String what, CompletableFuture<Command> call) {
        Command answer;
        try {
            answer = call.get();
        } catch (ExecutionException e) {
            throw new DemoFailedException(what + " failed: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailedException("The demonstration was interrupted.");
        }
        if (answer.code() != ResponseCode.SUCCESS) {
            throw new DemoFailedException(what + " was refused with code " + answer.code() + ": " + answer.remark());
        }
    }

    private RemotingClient client(String name) {
        return new RemotingClient(ClientConfig.defaults().withName(name), NO_HANDLERS, ConnectionListener.NONE, clock);
    }

    /** Draws the state and returns a number that grows while there is progress. */
    private interface ProgressProbe {

        long drawAndMeasure();
    }
}
