package io.orbitmq.server.drain;

import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.server.cluster.ClusterCalls;
import io.orbitmq.server.cluster.ClusterFailedException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends messages so that those of one target queue stay in order: each waits for the answer to the one before it, while
 * target queues go on side by side. What was refused or not answered is sent again, at most five times; a message whose
 * answer was lost can so be stored twice.
 */
final class OrderedSender {

    private static final int MOST_ATTEMPTS = 5;
    private static final long PAUSE_MS = 1_000;

    private final ClusterCalls cluster;
    private final Map<TargetQueue, Queue<Command>> chains = new LinkedHashMap<>();
    private int repeated;

    OrderedSender(ClusterCalls cluster) {
        this.cluster = cluster;
    }

    /** Puts a message behind those of the same queue; {@link #flush} sends it. */
    void add(TargetQueue target, Command request) {
        chains.computeIfAbsent(target, key -> new ArrayDeque<>()).add(request);
    }

    /** How many sends had to be made again. */
    int repeated() {
        return repeated;
    }

    /**
     * Returns when every message is stored.
     *
     * @throws ClusterFailedException when one is not after all attempts
     */
    void flush() {
        for (int attempt = 1; !chains.isEmpty(); attempt++) {
            Collection<String> failures = sendChains().values();
            chains.values().removeIf(Collection::isEmpty);
            if (chains.isEmpty()) {
                return;
            }
            if (attempt == MOST_ATTEMPTS) {
                throw new ClusterFailedException("A message could not be forwarded in " + MOST_ATTEMPTS
                        + " attempts: " + failures.iterator().next()
                        + " What was forwarded before is committed; run the command again to go on.");
            }
            repeated += chains.size();
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, PAUSE_MS * attempt, TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    /** Sends all chains until each is done or fails; answers why those that failed did. */
    private Map<TargetQueue, String> sendChains() {
        Map<TargetQueue, CompletableFuture<String>> outcomes = new LinkedHashMap<>();
        chains.forEach((target, chain) -> {
            CompletableFuture<String> outcome = new CompletableFuture<>();
            outcomes.put(target, outcome);
            sendNext(target, chain, outcome);
        });
        Map<TargetQueue, String> failures = new LinkedHashMap<>();
        outcomes.forEach((target, outcome) -> {
            String failure = outcome.join();
            if (!failure.isEmpty()) {
                failures.put(target, failure);
            }
        });
        return failures;
    }

    /** Completes with the empty text, or with why the chain's first message was not stored. */
    private void sendNext(TargetQueue target, Queue<Command> chain, CompletableFuture<String> outcome) {
        Command request = chain.peek();
        if (request == null) {
            outcome.complete("");
            return;
        }
        cluster.call(target.address(), request).whenComplete((answer, failure) -> {
            if (failure != null) {
                outcome.complete("queue " + target.queueId() + " of " + target.broker() + " gave no answer, "
                        + failure.getMessage() + ".");
            } else if (answer.code() != ResponseCode.SUCCESS) {
                outcome.complete("queue " + target.queueId() + " of " + target.broker() + " refused with code "
                        + answer.code() + ", " + answer.remark() + ".");
            } else {
                chain.remove();
                sendNext(target, chain, outcome);
            }
        });
    }
}
