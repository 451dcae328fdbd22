/**
 * The append-only log and what is derived from it. This package is the vocabulary; start reading at {@link
 * io.orbitmq.store.MessageStore}. The log lives in {@code segment}, group commit in {@code flush}, the queue and key
 * indexes in {@code index}, opening and recovery in {@code recovery}, state tables and their snapshots in {@code
 * state}, deletion in {@code retention}; {@code node} wires them.
 */
package io.orbitmq.store;
