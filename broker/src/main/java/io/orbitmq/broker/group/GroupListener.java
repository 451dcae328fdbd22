package io.orbitmq.broker.group;

import java.util.List;

/** Hears of live consumer groups. Called under the group's entry, so in order per group; must be quick. */
public interface GroupListener {

    /** A heartbeat with subscriptions was taken in; they may be the same as before. */
    default void subscribed(LiveGroup group) {}

    /** Members came or went, or topics did; {@code members} are those of the moment. */
    default void membersChanged(String group, List<Member> members) {}

    /** The last connection left; the group's subscriptions are gone with it. */
    default void gone(String group) {}
}
