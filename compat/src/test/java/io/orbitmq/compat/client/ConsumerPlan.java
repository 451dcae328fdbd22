package io.orbitmq.compat.client;

import java.util.Optional;

/**
 * How to build a consumer of one topic. A new group starts at the first message.
 *
 * @param expression a tag expression, {@code *} for all, or an SQL92 expression behind {@code sql:}
 * @param instanceName the second half of the client id; empty leaves the library's choice
 * @param threads consuming threads of a push consumer
 * @param popInvisibleMs the broker shares the queues out; if it says pop, with this invisible time. 0: members share the queues
 *     out among themselves. 5.x clients only
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
        int threads,
        long popInvisibleMs) {

    public static ConsumerPlan of(String nameserver, String group, String topic) {
        return new ConsumerPlan(nameserver, group, topic, "*", false, false, false, Optional.empty(), 4, 0);
    }

    public ConsumerPlan expression(String tags) {
        return new ConsumerPlan(
                nameserver,
                group,
                topic,
                tags,
                orderly,
                broadcasting,
                vipChannel,
                instanceName,
                threads,
                popInvisibleMs);
    }

    public ConsumerPlan inOrder() {
        return new ConsumerPlan(
                nameserver,
                group,
                topic,
                expression,
                true,
                broadcasting,
                vipChannel,
                instanceName,
                threads,
                popInvisibleMs);
    }

    public ConsumerPlan byBroadcast() {
        return new ConsumerPlan(
                nameserver, group, topic, expression, orderly, true, vipChannel, instanceName, threads, popInvisibleMs);
    }

    public ConsumerPlan overVipChannel() {
        return new ConsumerPlan(
                nameserver,
                group,
                topic,
                expression,
                orderly,
                broadcasting,
                true,
                instanceName,
                threads,
                popInvisibleMs);
    }

    public ConsumerPlan named(String instanceName) {
        return new ConsumerPlan(
                nameserver,
                group,
                topic,
                expression,
                orderly,
                broadcasting,
                vipChannel,
                Optional.of(instanceName),
                threads,
                popInvisibleMs);
    }

    public ConsumerPlan balancedByBroker(long invisibleMs) {
        return new ConsumerPlan(
                nameserver,
                group,
                topic,
                expression,
                orderly,
                broadcasting,
                vipChannel,
                instanceName,
                threads,
                invisibleMs);
    }
}
