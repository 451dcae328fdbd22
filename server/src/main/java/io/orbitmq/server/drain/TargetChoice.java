package io.orbitmq.server.drain;

import io.orbitmq.server.drain.DrainPlan.Order;
import java.util.List;

/** Which target queue a message goes to; the same one for all messages that must stay in order. One thread. */
final class TargetChoice {

    private final Order order;
    private final List<TargetQueue> targets;
    private int next;

    /** @param targets in the same order at every run, or a repeated run would split keys */
    TargetChoice(Order order, List<TargetQueue> targets) {
        this.order = order;
        this.targets = List.copyOf(targets);
    }

    int count() {
        return targets.size();
    }

    /** @param orderKey empty for a message that need not keep any order */
    TargetQueue of(SourceQueue source, String orderKey) {
        if (order == Order.QUEUE) {
            return targets.get(Math.floorMod(source.broker().hashCode() + source.queueId(), targets.size()));
        }
        int index = orderKey.isEmpty() ? next++ : orderKey.hashCode();
        return targets.get(Math.floorMod(index, targets.size()));
    }
}
