package io.orbitmq.broker.delay;

import io.orbitmq.broker.request.Refusal;
import io.orbitmq.store.LogQueue;

/** What becomes of a message by its delay properties. */
public sealed interface DelayPlan {

    /** Not delayed: stored in its own queue. */
    record AtOnce() implements DelayPlan {}

    /**
     * Stored in an internal queue until it is due; the properties were changed for that.
     *
     * @param queue where it waits
     * @param dueMs epoch milliseconds of a message with a time of its own, 0 of a level's
     */
    record Later(LogQueue queue, long dueMs) implements DelayPlan {

        /** Whether it can be taken back. */
        public boolean isRecallable() {
            return dueMs > 0;
        }
    }

    /**
     * Not stored.
     *
     * @param refusal the answer
     */
    record Refused(Refusal refusal) implements DelayPlan {}
}
