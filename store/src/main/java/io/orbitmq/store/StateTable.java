package io.orbitmq.store;

import java.nio.ByteBuffer;

/**
 * State that is derived from the log: a table whose every change is a record. Decide, then apply: handlers read the
 * table, compute an absolute change, and hand it to {@link MessageStore#appendState}; only {@link #apply} alters the
 * table, in normal operation, recovery and on replicas alike.
 *
 * <p>{@code apply} runs under the append lock, one call at a time, and must be quick. Readers run concurrently with it.
 * {@link #snapshot} may run concurrently with {@code apply}: changes are absolute, so replaying those that raced with
 * it repairs the result.
 */
public interface StateTable {

    /** The reserved topic whose queue 0 holds the changes of all tables. */
    String TOPIC = "rmq_sys_ORBIT_STATE";

    /** Stable name, at most 32 characters; part of the on-disk format. */
    String name();

    /** Applies one change; applying a suffix of the history again must end in the same state. */
    void apply(ByteBuffer change);

    /** The whole table, encoded. */
    ByteBuffer snapshot();

    /** Replaces the content by a snapshot, before any {@code apply}. */
    void restore(ByteBuffer snapshot);
}
