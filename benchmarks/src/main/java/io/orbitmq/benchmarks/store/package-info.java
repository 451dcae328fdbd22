/**
 * Load measurements of the store alone, without network and broker: one main class each, to be run by hand. Start reading
 * at {@link io.orbitmq.benchmarks.store.AppendLoad}. Their output is lines of {@code name=value}; figures and the commands
 * that gave them are in docs/store-figures.md.
 *
 * <p>Threads: each program is one thread, plus those of the store, unless its class says otherwise.
 */
package io.orbitmq.benchmarks.store;
