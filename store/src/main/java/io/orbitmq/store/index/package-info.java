/**
 * Where messages are: entries of every queue ({@link io.orbitmq.store.index.QueueIndex}, the place to start) and keys
 * ({@link io.orbitmq.store.index.KeyIndex}). There is no file per queue: additions go to a memtable shared by all
 * queues, memtables become immutable run files sorted by queue or by key hash, runs are merged and dropped.
 *
 * <p>Everything here is derived from the log and rebuilt from it when missing or damaged. The thread that holds the
 * store's append lock owns the active memtables; one background thread owns the files; readers need no lock. Source of
 * the semantics: protocol/05 sections 3 to 5. The formats on disk are ours.
 */
package io.orbitmq.store.index;
