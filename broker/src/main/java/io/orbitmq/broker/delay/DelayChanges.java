package io.orbitmq.broker.delay;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.broker.state.StateWriter;
import java.nio.ByteBuffer;
import java.util.Collection;

/**
 * Changes of the {@link DelayTable} as bytes; part of the on-disk format.
 *
 * <pre>
 *   1  kind 1, queue id 4, count 4, offsets 8 each     settled without being delivered
 *   2  kind 1, queue id 4, offset 8                    everything before the offset is settled
 *   3  key 16, due 8                                   recalled
 *   4  time 8                                          recalls of messages due earlier are forgotten
 * </pre>
 */
final class DelayChanges {

    private static final int SETTLE = 1;
    private static final int SETTLE_BELOW = 2;
    private static final int RECALL = 3;
    private static final int FORGET_RECALLS = 4;

    private DelayChanges() {}

    /** Takes decoded changes. */
    interface Target {

        void settle(int kind, int queueId, long offset);

        void settleBelow(int kind, int queueId, long offset);

        void recall(Recalls.Key key, long dueMs);

        void forgetRecallsBefore(long dueMs);
    }

    static ByteBuffer settle(int kind, int queueId, Collection<Long> offsets) {
        StateWriter change =
                new StateWriter().putByte(SETTLE).putByte(kind).putInt(queueId).putInt(offsets.size());
        offsets.forEach(change::putLong);
        return change.toBuffer();
    }

    static ByteBuffer settleBelow(int kind, int queueId, long offset) {
        return new StateWriter()
                .putByte(SETTLE_BELOW)
                .putByte(kind)
                .putInt(queueId)
                .putLong(offset)
                .toBuffer();
    }

    static ByteBuffer recall(Recalls.Key key, long dueMs) {
        return new StateWriter()
                .putByte(RECALL)
                .putLong(key.high())
                .putLong(key.low())
                .putLong(dueMs)
                .toBuffer();
    }

    static ByteBuffer forgetRecallsBefore(long dueMs) {
        return new StateWriter().putByte(FORGET_RECALLS).putLong(dueMs).toBuffer();
    }

    static void decode(StateReader in, Target target) {
        int type = in.takeByte();
        switch (type) {
            case SETTLE -> {
                int kind = in.takeByte();
                int queueId = in.takeInt();
                for (int left = in.takeInt(); left > 0; left--) {
                    target.settle(kind, queueId, in.takeLong());
                }
            }
            case SETTLE_BELOW -> target.settleBelow(in.takeByte(), in.takeInt(), in.takeLong());
            case RECALL -> target.recall(new Recalls.Key(in.takeLong(), in.takeLong()), in.takeLong());
            case FORGET_RECALLS -> target.forgetRecallsBefore(in.takeLong());
            default -> throw in.broken("a change of type " + type);
        }
    }
}
