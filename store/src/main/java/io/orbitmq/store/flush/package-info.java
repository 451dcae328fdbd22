/**
 * From "placed" to "safe": group commit, and telling those who wait. Start reading at {@link
 * io.orbitmq.store.flush.Flusher}. One flusher, many waiters: the next group forms while the disk forces the last one.
 * {@link io.orbitmq.store.flush.Acknowledger} makes messages visible and completes waiters, in log order; {@link
 * io.orbitmq.store.flush.Fence} ends all acknowledging after a failed write or force.
 *
 * <p>Threads: {@code FlusherThread} owns the loop; every step can also be made by a caller, which is how tests and
 * checkpoints drive it.
 */
package io.orbitmq.store.flush;
