package io.orbitmq.broker.transaction;

/**
 * A half message that waits for its producer's decision.
 *
 * @param position byte place of the half message in the log; names the transaction
 * @param queueOffset of the half message
 * @param storeMs when it was stored, epoch ms
 * @param immunitySeconds CHECK_IMMUNITY_TIME_IN_SECONDS, -1 for none
 * @param checks how often a producer was asked
 */
record OpenTransaction(long position, long queueOffset, long storeMs, int immunitySeconds, int checks) {

    OpenTransaction withChecks(int changed) {
        return new OpenTransaction(position, queueOffset, storeMs, immunitySeconds, changed);
    }
}
