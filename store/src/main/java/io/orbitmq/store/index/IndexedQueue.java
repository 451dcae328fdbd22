package io.orbitmq.store.index;

import io.orbitmq.store.LogQueue;
import io.orbitmq.store.StateTable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A queue as the index knows it: one object of 96 bytes, nothing else, however many queues there are, with all that an
 * append must know, the topic's name included: where queues are many, each further object would be one more wait for
 * memory, as none can be asked for before the one that leads to it has come. What the queues of a topic share besides is
 * in {@link IndexedTopic}.
 *
 * <p>Threads: {@link #nextOffset}, the newest chunk's writing and {@link #isUnfollowed} belong to the thread that holds the
 * store's append lock; the rest may be read by any thread.
 */
public final class IndexedQueue extends InlineName implements LogQueue {

    private static final VarHandle VISIBLE_END;
    private static final VarHandle MIN_OFFSET;
    private static final VarHandle NEXT_OFFSET;
    private static final VarHandle NEWEST_CHUNK;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            VISIBLE_END = lookup.findVarHandle(IndexedQueue.class, "visibleEnd", long.class);
            MIN_OFFSET = lookup.findVarHandle(IndexedQueue.class, "minOffset", long.class);
            NEXT_OFFSET = lookup.findVarHandle(IndexedQueue.class, "nextOffset", long.class);
            NEWEST_CHUNK = lookup.findVarHandle(IndexedQueue.class, "newestChunk", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final IndexedTopic topic;
    private final int queueId;
    private final int index;
    private final boolean stateQueue;

    /** Names the queue in run files; never used again for another queue, unlike {@link #index}. */
    private int number;

    private boolean unfollowed;
    private volatile boolean forgotten;
    private long nextOffset;
    /** A {@link ChunkPlace}. */
    private long newestChunk = ChunkPlace.NONE;

    private volatile long visibleEnd;
    private volatile long minOffset;

    IndexedQueue(IndexedTopic topic, int queueId, int index, int number) {
        super(topic.name());
        this.topic = topic;
        this.queueId = queueId;
        this.index = index;
        this.number = number;
        this.stateQueue = topic.name().equals(StateTable.TOPIC);
    }

    @Override
    public String topic() {
        return topic.name();
    }

    @Override
    public byte[] topicUtf8() {
        return topic.utf8();
    }

    @Override
    public int queueId() {
        return queueId;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public long minOffset() {
        return (long) MIN_OFFSET.getAcquire(this);
    }

    @Override
    public long maxOffset() {
        return (long) VISIBLE_END.getAcquire(this);
    }

    /** The offset the next message gets. Read under the append lock. */
    public long nextOffset() {
        return nextOffset;
    }

    /** True once its topic was forgotten: look the queue up again, entries added here are dropped. */
    public boolean isForgotten() {
        return forgotten;
    }

    void markForgotten() {
        forgotten = true;
    }

    /** Whether it is known that nobody follows the topic's records; false until somebody has looked. */
    public boolean isUnfollowed() {
        return unfollowed;
    }

    /** Remembers that nobody follows the topic's records. */
    public void setUnfollowed() {
        unfollowed = true;
    }

    /** Whether it is a queue of the store's own topic of state changes. */
    public boolean isStateQueue() {
        return stateQueue;
    }

    @Override
    public String toString() {
        return topic.name() + "-" + queueId;
    }

    @Override
    byte[] longName() {
        return topic.longName();
    }

    IndexedTopic indexedTopic() {
        return topic;
    }

    int number() {
        return number;
    }

    /** Forgets what it had. */
    void startAnew(int newNumber) {
        number = newNumber;
        standIn(ChunkPlace.NONE);
        nextOffset = 0;
        setVisibleEnd(0);
        setMinOffset(0);
    }

    /** {@link ChunkPlace} of its newest entries in memtables, of which that one may be gone already. */
    long newestChunk() {
        return newestChunk;
    }

    /** For threads without the append lock; to be asked before the {@link IndexView}. */
    long newestChunkAcquire() {
        return (long) NEWEST_CHUNK.getAcquire(this);
    }

    /** Its newest entries are in the chunk at this {@link ChunkPlace}. */
    void standIn(long chunkPlace) {
        NEWEST_CHUNK.setRelease(this, chunkPlace);
    }

    /** Looks at all of the object; gives what was seen there, without meaning. */
    int look() {
        return topicLength() + (int) nextOffset + (int) newestChunk + number;
    }

    /** For threads without the append lock: what moved the offset is visible to them. */
    long nextOffsetAcquire() {
        return (long) NEXT_OFFSET.getAcquire(this);
    }

    void setNextOffset(long offset) {
        NEXT_OFFSET.setRelease(this, offset);
    }

    void setVisibleEnd(long offset) {
        VISIBLE_END.setRelease(this, offset);
    }

    void setMinOffset(long offset) {
        MIN_OFFSET.setRelease(this, offset);
    }
}
