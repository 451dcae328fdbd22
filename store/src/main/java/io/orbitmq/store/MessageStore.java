package io.orbitmq.store;

import io.orbitmq.protocol.message.DraftRun;
import io.orbitmq.protocol.message.MessageDraft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The store as the broker sees it: one log, queues over it, keys over it, and state tables whose changes are records of
 * the same log.
 *
 * <p>Threads: all methods may be called from any thread. {@link #append} never waits for the disk in the
 * sense of fsync; an event loop may call it. {@link #read} with {@link ReadRequest#memoryOnly} never touches the disk.
 *
 * <p>Promise: what {@link #whenDurable} reported as done survives the loss of process and machine (SYNC_FLUSH) or of
 * the process (ASYNC_FLUSH). After a failed write or fsync the store is fenced: every append is refused and every
 * waiting durability listener is told.
 */
public interface MessageStore extends AutoCloseable {

    /** The queue's handle, created in O(1) when it does not exist. */
    LogQueue queue(String topic, int queueId);

    /** The queue's handle if anything was ever appended to it (or it was created by {@link #queue}) and not deleted. */
    Optional<LogQueue> findQueue(String topic, int queueId);

    /** Places one message. Ordinary failures are {@link AppendOutcome.Refused}. */
    AppendOutcome append(LogQueue queue, MessageDraft draft);

    /**
     * Says that messages for these queues will come soon, or not. With very many queues an append waits for memory, and
     * for several at once these waits can overlap.
     */
    default void expectAppends(List<LogQueue> queues) {}

    /**
     * Places all messages contiguously in one segment with consecutive offsets, or none.
     *
     * @param positions takes the byte place of each record; as long as the run
     * @return the place of the first, with the end of the last
     */
    AppendOutcome appendAll(LogQueue queue, DraftRun drafts, long[] positions);

    /**
     * Appends a change of a state table as a record of the log and applies it, in log order, before returning.
     *
     * @param table name of a table given at opening
     * @param change encoded by the table's owner; absolute, so that applying it twice changes nothing more
     */
    AppendOutcome appendState(String table, ByteBuffer change);

    /**
     * Tells {@code listener} once everything before {@code endPosition} is durable as the flush mode demands, or that it
     * never will be. Called on an unspecified thread, possibly before this method returns; listeners must not block.
     */
    void whenDurable(long endPosition, DurabilityListener listener);

    /**
     * Ends a turn of appends: in ASYNC_FLUSH the bytes appended so far are handed to the operating system in one write
     * and waiting listeners are told, on the calling thread; in SYNC_FLUSH the flusher is woken. An event loop calls it
     * once for all the requests it read together. Who never calls it waits for the flusher's own rhythm (at most 1 ms).
     */
    void endTurn();

    /** Reads messages of one queue; see {@link ReadRequest} and {@link ReadOutcome}. */
    ReadOutcome read(LogQueue queue, ReadRequest request, RecordSink sink);

    /** Shows the visible index entries of a queue from {@code fromOffset} on, in order, until the sink has enough. */
    void scan(LogQueue queue, long fromOffset, EntrySink sink);

    /** One record by its log position; empty when there is none that starts there. */
    Optional<ByteBuffer> recordAt(long position);

    /** Store time in epoch ms of the message at {@code offset}; -1 when it is not there. */
    long storeTimestampAt(LogQueue queue, long offset);

    /** Offset by time (protocol/05 section 5). */
    long offsetByTime(LogQueue queue, long timestampMs, TimeBoundary boundary);

    /** Records whose key or unique key is {@code key}, oldest first (protocol/05 section 4.1). */
    List<ByteBuffer> findByKey(KeyQuery query);

    /**
     * Forgets the queues of a topic; their messages stay in the log until retention removes them. Forgotten for good once
     * what was appended is durable.
     */
    AppendOutcome deleteTopicQueues(String topic);

    /** Registers the one listener told about messages as they become visible; before any append. */
    void onArrival(ArrivalListener listener);

    /** Measures for operators: positions, disk use, flush latency. */
    StoreStatus status();

    /** Removes expired segments now (admin request), whatever the hour. Returns the number removed. */
    int deleteExpiredSegments();

    /** Stops taking appends, flushes, writes the checkpoint and releases the directory's lock. */
    @Override
    void close() throws IOException;

    /** How a time between two messages is resolved (protocol/05 section 5). */
    enum TimeBoundary {
        LOWER,
        UPPER
    }

    /** Hears when appended bytes are safe. */
    interface DurabilityListener {

        void durable();

        /** The store is fenced; {@code reason} is a sentence for people. */
        void lost(String reason);
    }

    /**
     * Hears of every message of a user-visible queue in log order; called by the thread that made it visible, with a full
     * fence in between: who notes that it waits, makes a full fence, and then looks whether the queue has grown, is either
     * told or sees it.
     */
    interface ArrivalListener {

        /** The message at {@code offset} of {@code queue} can now be read. Must not block. */
        void arrived(LogQueue queue, long offset, long tagsCode);
    }

    /** Takes the index entries of a scan, in queue order. */
    interface EntrySink {

        /**
         * One entry.
         *
         * @param code the tag hash, or what the topic's follower keeps in its place
         * @return whether to go on
         */
        boolean accept(long offset, long position, int sizeBytes, long code);
    }

    /** Takes the records of a read, in queue order. */
    interface RecordSink {

        /** One whole record; the buffer is valid only during the call. */
        void accept(ByteBuffer record);

        /**
         * At the end of a read with {@link ReadRequest#memoryOnly}: what follows will be wanted soon and is on disk.
         *
         * @param load brings it to memory; to be run soon on a thread that may wait for the disk, or not at all
         */
        default void readAhead(Runnable load) {}
    }
}
