package io.orbitmq.store.index;

import java.io.IOException;

/** What a queue run is written from: a memtable or older runs. Walked over once, by number. */
interface QueueRunSource {

    /** The queues that get a group. */
    NumberBitmap numbers();

    /** Turns to a queue of {@link #numbers}; the methods below speak of it. */
    void describe(int number) throws IOException;

    long firstOffset();

    /** Number of entries. */
    long count();

    /** The form that fits all of them. */
    EntryForm form();

    /** Writes the entries in that form. */
    void writeGroup(PageWriter target) throws IOException;
}
