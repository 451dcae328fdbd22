package io.orbitmq.compat.client;

/** How an application decides about its transactional messages. Called by the official library, on its threads. */
public interface TransactionScript {

    /** A decision. */
    enum Decision {
        COMMIT,
        ROLLBACK,
        UNKNOWN
    }

    /** Decides right after the half message is stored. */
    Decision execute(String text);

    /** Decides when the broker asks later. */
    Decision check(Received half);
}
