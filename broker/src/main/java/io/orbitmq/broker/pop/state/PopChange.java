package io.orbitmq.broker.pop.state;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.broker.state.StateWriter;
import java.nio.ByteBuffer;

/**
 * A change of {@link PopTable} while it is written, and how one is read. Until its end it is
 *
 * <pre>
 * 1 OPENED         int number, group, topic, int queueId        the number stands for the queue from now on
 * 2 LEASED         int number, long popTimeMs, long dueMs, long nextOffset, int n, n times (long block, long bits)
 *                  the messages are out, and the group's offset moves to nextOffset unless that is -1
 * 3 ACKED          int number, long popTimeMs, long block, long bits     those popped at that time are done with
 * 4 RENEWED        int number, long offset, long oldPopTimeMs, long popTimeMs, long dueMs
 * 5 DROPPED        int number, long block, long bits            done with, whenever they were popped
 * 6 TOPIC_REMOVED  topic
 * 7 GROUP_REMOVED  group
 * 8 NUMBERED       int next                              numbers before this are taken; in snapshots
 * 9 ORDERED        int number, long popTimeMs, attemptId, long nextOffset,
 *                  int n, n times (long offset, long visibleMs, int count, bool acked)     replaces the batch before
 * 10 ORDER_ACKED   int number, long offset, long popTimeMs, long nextOffset                moves the offset as LEASED does
 * 11 ORDER_CHANGED int number, long offset, long popTimeMs, long visibleMs
 * </pre>
 *
 * One owner.
 */
public final class PopChange {

    /** As next offset: the group's offset stays. */
    public static final long STAYS = -1;

    private static final int OPENED = 1;
    private static final int LEASED = 2;
    private static final int ACKED = 3;
    private static final int RENEWED = 4;
    private static final int DROPPED = 5;
    private static final int TOPIC_REMOVED = 6;
    private static final int GROUP_REMOVED = 7;
    private static final int NUMBERED = 8;
    private static final int ORDERED = 9;
    private static final int ORDER_ACKED = 10;
    private static final int ORDER_CHANGED = 11;

    private final StateWriter out = new StateWriter();

    /** What the parts of a change are told to; each is absolute. */
    interface Target {

        void opened(int number, PopKey key);

        void leased(int number, long block, long bits, long popTimeMs, long dueMs);

        void moved(int number, long nextOffset);

        void acked(int number, long block, long bits, long popTimeMs);

        void renewed(int number, long offset, long oldPopTimeMs, long popTimeMs, long dueMs);

        void dropped(int number, long block, long bits);

        void topicRemoved(String topic);

        void groupRemoved(String group);

        void numbered(int next);

        void ordered(int number, OrderBatch batch);

        void orderAcked(int number, long offset, long popTimeMs);

        void orderChanged(int number, long offset, long popTimeMs, long visibleMs);
    }

    public PopChange opened(int number, PopKey key) {
        out.putByte(OPENED)
                .putInt(number)
                .putText(key.group())
                .putText(key.topic())
                .putInt(key.queueId());
        return this;
    }

    /**
     * @param offsets ascending
     * @param count how many of them
     * @param nextOffset where the group goes on, or {@link #STAYS}
     */
    public PopChange leased(int number, long[] offsets, int count, long popTimeMs, long dueMs, long nextOffset) {
        out.putByte(LEASED).putInt(number).putLong(popTimeMs).putLong(dueMs).putLong(nextOffset);
        int blocksAt = out.size();
        out.putInt(0);
        int blocks = 0;
        int i = 0;
        while (i < count) {
            long block = Lease.blockOf(offsets[i]);
            long bits = 0;
            while (i < count && Lease.blockOf(offsets[i]) == block) {
                bits |= Lease.bitOf(offsets[i++]);
            }
            out.putLong(block).putLong(bits);
            blocks++;
        }
        out.setInt(blocksAt, blocks);
        return this;
    }

    public PopChange acked(int number, long offset, long popTimeMs) {
        return ackedBlock(number, Lease.blockOf(offset), Lease.bitOf(offset), popTimeMs);
    }

    /** Those of {@code bits} in the 64 offsets from {@code block * 64} on. */
    public PopChange ackedBlock(int number, long block, long bits, long popTimeMs) {
        out.putByte(ACKED).putInt(number).putLong(popTimeMs).putLong(block).putLong(bits);
        return this;
    }

    public PopChange renewed(int number, long offset, long oldPopTimeMs, long popTimeMs, long dueMs) {
        out.putByte(RENEWED)
                .putInt(number)
                .putLong(offset)
                .putLong(oldPopTimeMs)
                .putLong(popTimeMs)
                .putLong(dueMs);
        return this;
    }

    public PopChange dropped(int number, long block, long bits) {
        out.putByte(DROPPED).putInt(number).putLong(block).putLong(bits);
        return this;
    }

    public PopChange topicRemoved(String topic) {
        out.putByte(TOPIC_REMOVED).putText(topic);
        return this;
    }

    public PopChange groupRemoved(String group) {
        out.putByte(GROUP_REMOVED).putText(group);
        return this;
    }

    public PopChange ordered(int number, OrderBatch batch) {
        out.putByte(ORDERED)
                .putInt(number)
                .putLong(batch.popTimeMs())
                .putText(batch.attemptId())
                .putLong(batch.nextOffset())
                .putInt(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            out.putLong(batch.offsetAt(i))
                    .putLong(batch.visibleAt(i))
                    .putInt(batch.countAt(i))
                    .putBool(batch.isAcked(i));
        }
        return this;
    }

    /** @param nextOffset where the group goes on, or {@link #STAYS} */
    public PopChange orderAcked(int number, long offset, long popTimeMs, long nextOffset) {
        out.putByte(ORDER_ACKED)
                .putInt(number)
                .putLong(offset)
                .putLong(popTimeMs)
                .putLong(nextOffset);
        return this;
    }

    public PopChange orderChanged(int number, long offset, long popTimeMs, long visibleMs) {
        out.putByte(ORDER_CHANGED)
                .putInt(number)
                .putLong(offset)
                .putLong(popTimeMs)
                .putLong(visibleMs);
        return this;
    }

    public boolean isEmpty() {
        return out.size() == 0;
    }

    public int sizeBytes() {
        return out.size();
    }

    public ByteBuffer toBuffer() {
        return out.toBuffer();
    }

    PopChange numbered(int next) {
        out.putByte(NUMBERED).putInt(next);
        return this;
    }

    /** A lease as a snapshot has it. */
    void lease(Lease lease) {
        out.putByte(LEASED)
                .putInt(lease.queue.number())
                .putLong(lease.popTimeMs)
                .putLong(lease.dueMs)
                .putLong(STAYS)
                .putInt(1)
                .putLong(lease.block)
                .putLong(lease.bits);
    }

    static void decode(StateReader in, Target target) {
        while (in.hasMore()) {
            int kind = in.takeByte();
            switch (kind) {
                case OPENED -> target.opened(in.takeInt(), new PopKey(in.takeText(), in.takeText(), in.takeInt()));
                case LEASED -> decodeLeased(in, target);
                case ACKED -> {
                    int number = in.takeInt();
                    long popTimeMs = in.takeLong();
                    target.acked(number, in.takeLong(), in.takeLong(), popTimeMs);
                }
                case RENEWED ->
                    target.renewed(in.takeInt(), in.takeLong(), in.takeLong(), in.takeLong(), in.takeLong());
                case DROPPED -> target.dropped(in.takeInt(), in.takeLong(), in.takeLong());
                case TOPIC_REMOVED -> target.topicRemoved(in.takeText());
                case GROUP_REMOVED -> target.groupRemoved(in.takeText());
                case NUMBERED -> target.numbered(in.takeInt());
                case ORDERED -> target.ordered(in.takeInt(), decodeBatch(in));
                case ORDER_ACKED -> {
                    int number = in.takeInt();
                    target.orderAcked(number, in.takeLong(), in.takeLong());
                    move(number, in.takeLong(), target);
                }
                case ORDER_CHANGED -> target.orderChanged(in.takeInt(), in.takeLong(), in.takeLong(), in.takeLong());
                default -> throw in.broken("kind " + kind);
            }
        }
    }

    private static void decodeLeased(StateReader in, Target target) {
        int number = in.takeInt();
        long popTimeMs = in.takeLong();
        long dueMs = in.takeLong();
        long nextOffset = in.takeLong();
        for (int left = in.takeInt(); left > 0; left--) {
            target.leased(number, in.takeLong(), in.takeLong(), popTimeMs, dueMs);
        }
        move(number, nextOffset, target);
    }

    private static void move(int number, long nextOffset, Target target) {
        if (nextOffset != STAYS) {
            target.moved(number, nextOffset);
        }
    }

    private static OrderBatch decodeBatch(StateReader in) {
        OrderBatch.Attempt attempt = new OrderBatch.Attempt(in.takeLong(), in.takeText());
        long nextOffset = in.takeLong();
        int size = in.takeInt();
        long[] offsets = new long[size];
        long[] visibleMs = new long[size];
        int[] counts = new int[size];
        long acked = 0;
        for (int i = 0; i < size; i++) {
            offsets[i] = in.takeLong();
            visibleMs[i] = in.takeLong();
            counts[i] = in.takeInt();
            acked |= in.takeBool() ? 1L << i : 0;
        }
        return new OrderBatch(attempt, nextOffset, offsets, visibleMs, counts, acked);
    }
}
