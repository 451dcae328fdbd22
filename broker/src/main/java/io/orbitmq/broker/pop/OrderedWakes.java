package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.hold.HeldPops;
import io.orbitmq.broker.pop.hold.HoldKey;
import io.orbitmq.broker.pop.state.PopKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * Wakes who waits when what was popped in order from a queue may be popped again (protocol/08 section 2.7). Who begins to
 * wait knows the time; this is for those who waited before, so queues are remembered only while somebody waits. Safe for
 * any thread.
 */
final class OrderedWakes {

    private final List<HeldPops> waiting;
    private final ToLongFunction<PopKey> blockedUntilMs;
    private final Map<PopKey, Long> dueMs = new ConcurrentHashMap<>();
    private final Alarm alarm;

    /**
     * @param waiting pops and notifications
     * @param blockedUntilMs until when others get nothing of a queue, epoch milliseconds; 0 when nothing is out
     */
    OrderedWakes(PopParts parts, List<HeldPops> waiting, ToLongFunction<PopKey> blockedUntilMs) {
        this.waiting = waiting;
        this.blockedUntilMs = blockedUntilMs;
        this.alarm = new Alarm(
                parts.machine().scheduler(),
                parts.clock(),
                () -> wakeDue(parts.clock().epochMs()));
    }

    /** At {@code untilMs}, epoch milliseconds, the queue may be free. */
    void at(PopKey key, long untilMs) {
        if (waiting.stream().allMatch(HeldPops::isEmpty)) {
            return;
        }
        dueMs.merge(key, untilMs, Math::min);
        alarm.at(untilMs);
    }

    /** The queue is free. */
    void now(PopKey key) {
        for (HeldPops held : waiting) {
            held.wakeOne(new HoldKey(key.topic(), key.group(), key.queueId()));
            held.wakeOne(new HoldKey(key.topic(), key.group(), HoldKey.ALL_QUEUES));
        }
    }

    void stop() {
        alarm.stop();
    }

    private long wakeDue(long nowMs) {
        dueMs.forEach((key, due) -> {
            if (due <= nowMs && dueMs.remove(key, due)) {
                wake(key, nowMs);
            }
        });
        return dueMs.values().stream().mapToLong(Long::longValue).min().orElse(Alarm.NEVER);
    }

    /** Unless all is acknowledged, or hidden for longer by now. */
    private void wake(PopKey key, long nowMs) {
        long untilMs = blockedUntilMs.applyAsLong(key);
        if (untilMs > nowMs) {
            dueMs.merge(key, untilMs, Math::min);
        } else if (untilMs > 0) {
            now(key);
        }
    }
}
