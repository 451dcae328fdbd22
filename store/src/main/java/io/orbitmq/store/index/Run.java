package io.orbitmq.store.index;

/** What is common to the immutable files of both indexes: an excerpt of a stretch of the log. */
interface Run {

    /** Names the file. */
    long fileNumber();

    /** The run covers the log from here. */
    long startPosition();

    /** To here, exclusively. */
    long endPosition();

    /** Size of the file. */
    long sizeBytes();

    /** Ends the run's life when the last read under way has ended. */
    void retire(boolean delete);
}
