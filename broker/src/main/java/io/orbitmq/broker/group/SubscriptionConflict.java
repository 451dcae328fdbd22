package io.orbitmq.broker.group;

import java.util.Objects;

/**
 * Two members of one group that told different things, so that messages which one of them wants may end with the other.
 *
 * @param kind in what they differ
 * @param topic the topic they differ about, empty when they differ as a whole
 * @param clientA the member that came first
 * @param valueA what it told
 * @param clientB a member that told something else
 * @param valueB what that told
 */
public record SubscriptionConflict(
        Kind kind, String topic, String clientA, String valueA, String clientB, String valueB) {

    public SubscriptionConflict {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(topic, "topic");
    }

    /** In what members differ. */
    public enum Kind {
        /** One did not subscribe to the topic, or to other tags, or with another SQL expression. */
        SUBSCRIPTION,
        /** One pulls by hand, is pushed to, or pops. */
        CONSUME_TYPE,
        /** One shares the queues, the other takes them all. */
        MESSAGE_MODEL,
        /** A new group would start elsewhere. */
        CONSUME_FROM_WHERE
    }

    /** Whether both tell of the same difference, whichever members show it. */
    boolean isSameMatter(SubscriptionConflict other) {
        return kind == other.kind
                && topic.equals(other.topic)
                && (valueA.equals(other.valueA) && valueB.equals(other.valueB)
                        || valueA.equals(other.valueB) && valueB.equals(other.valueA));
    }
}
