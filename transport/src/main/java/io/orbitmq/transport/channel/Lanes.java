package io.orbitmq.transport.channel;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.transport.Lane;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The pools of one server or client, by lane name; all its ports share them. Threads start with the first request. */
public final class Lanes {

    private final String threadPrefix;
    private final Clock clock;
    private final Map<String, LanePool> pools = new HashMap<>();

    public Lanes(String threadPrefix, Clock clock) {
        this.threadPrefix = threadPrefix;
        this.clock = clock;
    }

    /** @throws IllegalArgumentException when a lane of this name has other bounds */
    synchronized LanePool pool(Lane lane) {
        LanePool pool = pools.computeIfAbsent(lane.name(), name -> new LanePool(lane, threadPrefix, clock));
        // The first comparison of two records costs a start 10 ms; mostly it is the same lane.
        if (pool.lane() != lane && !pool.lane().equals(lane)) {
            throw new IllegalArgumentException("the lane '" + lane.name() + "' is defined as " + pool.lane()
                    + " and again as " + lane + "; a name has one definition in a server");
        }
        return pool;
    }

    /** Stops all pools; requests that do not end within {@code limit} are interrupted. */
    public synchronized void stop(Duration limit) {
        try {
            for (LanePool pool : pools.values()) {
                pool.stop(limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
