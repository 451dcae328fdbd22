package io.orbitmq.broker.send;

import io.orbitmq.broker.request.Refusal;
import io.orbitmq.store.LogQueue;
import java.nio.ByteBuffer;

/** Where a message is really stored, which for delayed and given-up messages is not where the producer sent it. */
sealed interface Route {

    /**
     * Into a queue.
     *
     * @param queue the store's
     * @param properties the producer's, encoded, changed where the route demands it
     * @param dueMs delivery time of a message that can be recalled, else 0
     */
    record Into(LogQueue queue, ByteBuffer properties, long dueMs) implements Route {

        /** Of a message that cannot be recalled. */
        Into(LogQueue queue, ByteBuffer properties) {
            this(queue, properties, 0);
        }
    }

    /**
     * Nowhere.
     *
     * @param refusal the answer
     */
    record Nowhere(Refusal refusal) implements Route {}
}
