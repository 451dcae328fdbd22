package io.orbitmq.compat.client;

import java.util.Optional;

/**
 * How to build a consumer of one topic. A new group starts at the first message.
 *
 * @param expression a tag expression, {@code *} for all, or an SQL92 expression behind {@code sql:}
 * @param instanceName the second half of the client id; empty leaves the library's choice
 */
public record ConsumerPlan(
        String nameserver,
        String group,
        String topic,
        String expression,
        boolean orderly,
        boolean broadcasting,
        boolean vipChannel,
        Optional<String> instanceName,
        Rarely rarely) {

    /**
     * What few tests change.
     *
     * @param threads consuming threads of a push consumer
     * @param popInvisibleMs the broker shares the queues out; if it says pop, with this invisible time. 0: members share
     *     the queues out among themselves. 5.x clients only
     * @param traced whether the library writes message traces
     * @param retries how often a failed message comes again, -1 for the library's own number
     */
    public record Rarely(int threads, long popInvisibleMs, boolean traced, int retries) {}

    public static ConsumerPlan of(String nameserver, String group, String topic) {
        return new ConsumerPlan(
                nameserver, group, topic, "*", false, false, false, Optional.empty(), new Rarely(4, 0, false, -1));
    }

    public ConsumerPlan expression(String tags) {
        return new ConsumerPlan(
                nameserver, group, topic, tags, orderly, broadcasting, vipChannel, instanceName, rarely);
    }

    public ConsumerPlan inOrder() {
        return new ConsumerPlan(
                nameserver, group, topic, expression, true, broadcasting, vipChannel, instanceName, rarely);
    }

    public ConsumerPlan byBroadcast() {
        return new ConsumerPlan(nameserver, group, topic, expression, orderly, true, vipChannel, instanceName, rarely);
    }

    public ConsumerPlan overVipChannel() {
        return new ConsumerPlan(
                nameserver, group, topic, expression, orderly, broadcasting, true, instanceName, rarely);
    }

    public ConsumerPlan named(String name) {
        return new ConsumerPlan(
                nameserver, group, topic, expression, orderly, broadcasting, vipChannel, Optional.of(name), rarely);
    }

    public ConsumerPlan balancedByBroker(long invisibleMs) {
        return with(new Rarely(rarely.threads, invisibleMs, rarely.traced, rarely.retries));
    }

    public ConsumerPlan withTraces() {
        return with(new Rarely(rarely.threads, rarely.popInvisibleMs, true, rarely.retries));
    }

    public ConsumerPlan retries(int most) {
        return with(new Rarely(rarely.threads, rarely.popInvisibleMs, rarely.traced, most));
    }

    private ConsumerPlan with(Rarely changed) {
        return new ConsumerPlan(
                nameserver, group, topic, expression, orderly, broadcasting, vipChannel, instanceName, changed);
    }
}
