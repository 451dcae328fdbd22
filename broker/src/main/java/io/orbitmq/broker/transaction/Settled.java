package io.orbitmq.broker.transaction;

import io.orbitmq.broker.request.Refusal;

/** What became of the wish to end a transaction. */
sealed interface Settled {

    /**
     * Ended, now or before.
     *
     * @param endPosition how far the log must be durable before this may be promised
     * @param now false when it had ended before and nothing was done
     */
    record Done(long endPosition, boolean now) implements Settled {}

    /**
     * Still open.
     *
     * @param refusal the answer
     */
    record NotDone(Refusal refusal) implements Settled {}
}
