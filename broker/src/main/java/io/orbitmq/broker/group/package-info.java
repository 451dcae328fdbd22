/**
 * Who consumes and produces right now, and with what settings. Start reading at {@link
 * io.orbitmq.broker.group.ConsumerGroups} (live connections and their subscriptions, from heartbeats) and {@link
 * io.orbitmq.broker.group.GroupConfigs} (settings of groups, kept in the log). {@code HeartbeatHandler} and its
 * neighbours answer the requests of clients. Live state is in memory only and comes back with the next heartbeats; each
 * group is guarded by its own monitor. Source: protocol/07 sections 1 to 4, 9, 14.
 */
package io.orbitmq.broker.group;
