package io.orbitmq.broker.pop;

import io.orbitmq.store.LogQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The queues that an attempt looked at and how far it came in each; later it says whether another attempt would find
 * more. Belongs to the thread of the attempt.
 */
final class LookedAt implements BooleanSupplier {

    private static final long BUSY = -1;

    private final PopParts parts;
    private final QueueTurns turns;
    private final String group;
    private final List<Look> looks = new ArrayList<>();

    private record Look(LogQueue queue, long reached) {}

    LookedAt(PopParts parts, QueueTurns turns, String group) {
        this.parts = parts;
        this.turns = turns;
        this.group = group;
    }

    Set<Integer> turnsOf(String topic) {
        return turns.of(group, topic);
    }

    void reached(LogQueue queue, long offset) {
        looks.add(new Look(queue, offset));
    }

    /** Somebody else was popping it; who ends that wakes who waits. */
    void busy(LogQueue queue) {
        looks.add(new Look(queue, BUSY));
    }

    @Override
    public boolean getAsBoolean() {
        for (Look look : looks) {
            LogQueue queue = look.queue();
            if (look.reached() != BUSY) {
                if (queue.maxOffset() > look.reached()) {
                    return true;
                }
            } else if (!turnsOf(queue.topic()).contains(queue.queueId())
                    && queue.maxOffset() > parts.offsets().offset(group, queue.topic(), queue.queueId())) {
                return true;
            }
        }
        return false;
    }
}
