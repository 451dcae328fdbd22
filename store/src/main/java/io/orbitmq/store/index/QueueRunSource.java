package io.orbitmq.store.index;

import java.io.IOException;

/** What a queue run is written from: a memtable or older runs. Answers the same in both passes. */
interface QueueRunSource {

    /** The queues that get a group. */
    NumberBitmap numbers();

    /** Turns to a queue of {@link #numbers}; the methods below speak of it. */
    void describe(int number) throws IOException;

    long firstOffset();

    /** One past the last offset. */
    long endOffset();

    /** Number of entries. */
    long count();

    /** Writes the entries, see {@link EntryGroup}. */
    void writeGroup(PageWriter target, boolean wide) throws IOException;
}
