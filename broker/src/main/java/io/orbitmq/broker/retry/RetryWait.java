package io.orbitmq.broker.retry;

import io.orbitmq.protocol.body.group.RetryPolicy;
import io.orbitmq.protocol.body.group.RetryPolicy.Type;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long a failed message waits by its group's own policy (protocol/11 section 3.3). Pure functions. */
final class RetryWait {

    private RetryWait() {}

    /**
     * The wait before the next try; empty when the group leaves it to the broker's levels.
     *
     * @param reconsumeTimes how often the message was tried again before
     */
    static Optional<Duration> of(RetryPolicy policy, int reconsumeTimes) {
        if (policy.type() == Type.EXPONENTIAL) {
            return Optional.of(Duration.ofMillis(exponentialMs(policy, reconsumeTimes)));
        }
        List<Long> waits = policy.customizedMs();
        if (waits.isEmpty()) {
            return Optional.empty();
        }
        long waitMs = waits.get(Math.max(0, Math.min(reconsumeTimes, waits.size() - 1)));
        return Optional.of(Duration.ofMillis(Math.max(0, waitMs)));
    }

    private static long exponentialMs(RetryPolicy policy, int reconsumeTimes) {
        long maxMs = Math.max(0, policy.maxMs());
        long waitMs = Math.max(0, policy.initialMs());
        for (int i = 0; i < reconsumeTimes && waitMs < maxMs && policy.multiplier() > 1; i++) {
            waitMs = waitMs > maxMs / policy.multiplier() ? maxMs : waitMs * policy.multiplier();
        }
        return Math.min(waitMs, maxMs);
    }
}
