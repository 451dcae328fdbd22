package io.orbitmq.store;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * A state table that is derived from messages too, not from its own changes alone: messages that wait in an internal
 * topic (delayed, prepared), and the messages that <em>settle</em> them. A message says what it settles in its field {@code
 * preparedTransactionOffset} (see {@link Settlement}): a delivered message settles the delayed one, a committed message
 * the half one. As both stand in the log, what is settled is known after any crash.
 *
 * <p>{@link #indexCode} and {@link #follow} run under the append lock, one call at a time, in log order, in operation and
 * in recovery alike, and must be quick. Following a suffix of the history again must end in the same state.
 */
public interface RecordFollower extends StateTable {

    /** Topics whose every record is told to this table alone; fixed. */
    Set<String> followedTopics();

    /**
     * What the queue index keeps of a record of a followed topic instead of the tag hash (protocol/03 section 7): a pure
     * function of the record and the settings.
     */
    default long indexCode(ByteBuffer record, int base, long tagHash) {
        return tagHash;
    }

    /** Those of the followed topics whose {@link #indexCode} depends on the settings; fixed. */
    default Set<String> topicsCodedBySettings() {
        return Set.of();
    }

    /** Hears of the record at {@code base}: one of a followed topic, or any that settles another. */
    void follow(ByteBuffer record, int base);

    /** Records from this log position on are still needed and must not be removed; asked beside running appends. */
    long neededFrom();
}
