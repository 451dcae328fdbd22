package io.orbitmq.server.drain;

import java.util.Objects;

/**
 * What to move where.
 *
 * @param from source topic
 * @param to target topic, an existing one
 * @param group whose committed offsets in the source tell how far the drain came
 * @param order what stays in order
 * @param ratePerSecond most messages in a second, 0 for no limit
 * @param follow go on with messages that arrive later instead of ending once caught up
 */
public record DrainPlan(String from, String to, String group, Order order, int ratePerSecond, boolean follow) {

    public DrainPlan {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(order, "order");
        if (from.equals(to)) {
            throw new IllegalArgumentException("--from and --to must be different topics, both are " + from + ".");
        }
        if (ratePerSecond < 0) {
            throw new IllegalArgumentException("--rate must be 1 or more messages per second, found " + ratePerSecond
                    + "; leave it away for no limit.");
        }
    }

    /** The group of a drain whose operator named none. */
    public static String defaultGroup(String from, String to) {
        return "drain-" + from + "-to-" + to;
    }

    /** What stays in order. */
    public enum Order {
        /** Messages of one sharding key, or without one of the same keys; those without keys are spread. */
        KEY,
        /** All messages of one source queue, which go to one target queue. */
        QUEUE
    }
}
