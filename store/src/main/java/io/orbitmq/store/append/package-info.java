/**
 * Placing messages: {@link io.orbitmq.store.append.Appender} checks, reserves room, gives queue offset, position and
 * store time, encodes, and hands the record to {@link io.orbitmq.store.append.RecordDispatcher}, which feeds the indexes;
 * recovery feeds them through the same dispatcher. {@link io.orbitmq.store.append.Admission} says whether appends are
 * taken at all.
 *
 * <p>Threads: one append lock, held for the few hundred nanoseconds an append takes; never during a force.
 */
package io.orbitmq.store.append;
