package io.orbitmq.store.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of an index's catalogue that take effect together. Each entry is a type byte and its fields; {@link
 * JournalReplay} has the same list. Kept in pieces, so that a batch about many queues needs no large array; one thread.
 */
final class JournalBatch {

    static final byte RUN_ADDED = 1;
    static final byte RUN_REMOVED = 2;
    static final byte INDEXED_END = 3;
    static final byte TRIMMED = 4;
    static final byte TOPIC = 5;
    static final byte TOPIC_GONE = 6;
    static final byte QUEUE = 7;
    static final byte NUMBERS_USED = 9;
    static final byte QUEUE_BOUNDS = 10;

    private static final int PIECE_BYTES = 1 << 18;
    private static final int MAX_COMPACT_BYTES = 9;

    private final List<ByteBuffer> full = new ArrayList<>();
    private ByteBuffer current = ByteBuffer.allocate(256);

    /** The file {@code fileNumber} holds the entries of the log's bytes {@code [start, end)}. */
    void runAdded(Run run) {
        room(25).put(RUN_ADDED)
                .putLong(run.fileNumber())
                .putLong(run.startPosition())
                .putLong(run.endPosition());
    }

    void runRemoved(Run run) {
        room(9).put(RUN_REMOVED).putLong(run.fileNumber());
    }

    /** Everything in the log before {@code position} is in the runs. */
    void indexedEnd(long position) {
        room(9).put(INDEXED_END).putLong(position);
    }

    /** What lies in the log before {@code position} was removed from the index. */
    void trimmed(long position) {
        room(9).put(TRIMMED).putLong(position);
    }

    void topic(IndexedTopic topic) {
        byte[] name = topic.utf8();
        room(7 + name.length)
                .put(TOPIC)
                .putInt(topic.number())
                .putShort((short) name.length)
                .put(name);
    }

    void topicGone(int topicNumber) {
        room(5).put(TOPIC_GONE).putInt(topicNumber);
    }

    /** A queue, or its new number. */
    void queue(IndexedQueue queue, int number) {
        room(13).put(QUEUE).putInt(number).putInt(queue.indexedTopic().number()).putInt(queue.queueId());
    }

    /** The offsets of queue {@code number} begin at {@code min} and go on at {@code next}; neither ever goes back. */
    void bounds(int number, long min, long next) {
        room(1 + 3 * MAX_COMPACT_BYTES).put(QUEUE_BOUNDS);
        putCompact(current, number);
        putCompact(current, min);
        putCompact(current, next - min);
    }

    /** Numbers below were given once and may stand in runs; they are not given again. */
    void numbersUsed(int nextNumber, int nextTopicNumber) {
        room(9).put(NUMBERS_USED).putInt(nextNumber).putInt(nextTopicNumber);
    }

    boolean isEmpty() {
        return full.isEmpty() && current.position() == 0;
    }

    /** The entries in order, each piece ready to be read and holding whole entries only. */
    List<ByteBuffer> pieces() {
        List<ByteBuffer> all = new ArrayList<>(full);
        all.add(current.duplicate().flip());
        return all;
    }

    /** A number from 0 on as bytes of 7 bits, lowest first; the top bit says that another follows. */
    private static void putCompact(ByteBuffer target, long number) {
        long rest = number;
        while (rest > 0x7F) {
            target.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        target.put((byte) rest);
    }

    static long compact(ByteBuffer source) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = source.get();
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    /** Reads a text as written by {@link #topic}. */
    static String text(ByteBuffer source) {
        byte[] utf8 = new byte[source.getShort() & 0xFFFF];
        source.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private ByteBuffer room(int needed) {
        if (current.remaining() < needed) {
            full.add(current.flip());
            current = ByteBuffer.allocate(Math.max(PIECE_BYTES, needed));
        }
        return current;
    }
}
