package io.orbitmq.broker.manage.client;

import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.LiveGroup;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.transport.Exchange;
import java.util.function.Consumer;

/** Requests about a consumer group that has members now. */
final class OnlineGroup {

    private OnlineGroup() {}

    /** Gives the group to {@code action}, or refuses with CONSUMER_NOT_ONLINE (protocol/11). */
    static void orRefuse(Exchange exchange, ConsumerGroups groups, String name, Consumer<LiveGroup> action) {
        groups.find(name)
                .ifPresentOrElse(
                        action,
                        () -> exchange.refuse(
                                ResponseCode.CONSUMER_NOT_ONLINE, "the consumer group[" + name + "] not online"));
    }
}
