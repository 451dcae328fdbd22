/**
 * State tables: their changes as records of the log, and their snapshots. Start reading at {@link
 * io.orbitmq.store.state.StateTables}. A change is a message of the reserved topic {@code rmq_sys_ORBIT_STATE} whose
 * property {@code ORBIT_TABLE} names the table and whose body is the change.
 *
 * <p>Threads: changes are applied by whoever holds the store's append lock; snapshots are taken beside it.
 */
package io.orbitmq.store.state;
