/**
 * Our server against the official one, in turn, on the same machine in the same run: one command, one table. Start
 * reading at {@link io.orbitmq.benchmarks.compare.CompareCommand}. Single-threaded.
 */
package io.orbitmq.benchmarks.compare;
