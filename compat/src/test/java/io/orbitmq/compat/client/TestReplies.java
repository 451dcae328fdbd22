package io.orbitmq.compat.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Request and reply of one official client version. Failures of the library arrive as {@link ClientFailure}. */
public interface TestReplies {

    /** Starts a producer that can ask. */
    Asking asking(ProducerPlan plan);

    /** Starts a push consumer that answers each text it gets. */
    AutoCloseable answering(ConsumerPlan plan, ProducerPlan replies, UnaryOperator<String> answer);

    /** A started producer. */
    interface Asking extends AutoCloseable {

        /** Waits for the reply. */
        Received ask(Outgoing request, long timeoutMs);

        /** Does not wait. */
        CompletableFuture<Received> askLater(Outgoing request, long timeoutMs);

        @Override
        void close();
    }

    /** The one of a client version. */
    static TestReplies of(ClientVersion version) {
        return AdapterClass.make(version, "io.orbitmq.compat.adapter.AdaptedReplies", TestReplies.class);
    }
}
