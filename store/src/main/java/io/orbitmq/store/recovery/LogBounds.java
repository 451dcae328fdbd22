package io.orbitmq.store.recovery;

/**
 * What is known of a log before it is scanned.
 *
 * @param scanFrom position of a record, or the end, that is known to be sound before it
 * @param durableEnd everything before was on disk for certain: damage there is not a torn tail
 * @param sealedFrom position from which every record has the whole checksum; {@link Long#MAX_VALUE} when unknown
 * @param clean whether the log was closed in order, with its end at {@code scanFrom}
 */
record LogBounds(long scanFrom, long durableEnd, long sealedFrom, boolean clean) {}
