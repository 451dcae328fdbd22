/**
 * Transactional messages (protocol/06 section 4). A half message is an ordinary record of an internal topic that nobody
 * consumes; the committed message is a new record in its real topic whose field preparedTransactionOffset names the half
 * message, a roll-back is a change of the table. The log is the only truth: after any crash a transaction is open or
 * settled exactly once. Start reading at {@code OpenTransactions} (what is open), then {@code Settlements} (the one place
 * where a transaction ends) and {@code CheckBack} (asking producers).
 *
 * <p>Threads: requests on a pool, because the half message may have to be read from disk; check-backs on a scheduler of
 * their own, which sleeps while nothing is open.
 */
package io.orbitmq.broker.transaction;
