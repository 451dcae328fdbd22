package io.orbitmq.broker.state;

import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.StateTable;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Appends changes of state tables to the store. Safe for any thread; never waits for the disk. */
public final class StateLog {

    private final MessageStore store;

    public StateLog(MessageStore store) {
        this.store = store;
    }

    /**
     * Appends and applies a change: when this returns normally the table has it. The future completes once the change
     * is durable, on an unspecified thread that must not be blocked; it fails with {@link ChangeLostException} when the
     * store refused it (then nothing was applied) or cannot promise it any more.
     */
    public CompletableFuture<Void> append(StateTable table, ByteBuffer change) {
        return promise("the change of the table '" + table.name() + "'", store.appendState(table.name(), change));
    }

    /** Forgets the queues of a topic, with the same promise. */
    public CompletableFuture<Void> deleteQueues(String topic) {
        return promise("the deletion of the queues of " + topic, store.deleteTopicQueues(topic));
    }

    private CompletableFuture<Void> promise(String what, AppendOutcome outcome) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (outcome instanceof AppendOutcome.Appended appended) {
            store.whenDurable(appended.endPosition(), new Completion(what, done));
            store.endTurn();
        } else if (outcome instanceof AppendOutcome.Refused refused) {
            done.completeExceptionally(ChangeLostException.refused(what + " was not stored: " + refused.text()));
        }
        return done;
    }

    private record Completion(String what, CompletableFuture<Void> done) implements MessageStore.DurabilityListener {

        @Override
        public void durable() {
            done.complete(null);
        }

        @Override
        public void lost(String reason) {
            done.completeExceptionally(ChangeLostException.notDurable(what + " is not durable: " + reason));
        }
    }
}
