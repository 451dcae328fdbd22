package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.hold.HoldKey;
import io.orbitmq.protocol.header.pop.PopRequestHeader;
import io.orbitmq.store.ReadRequest.RecordFilter;
import io.orbitmq.transport.Exchange;

/**
 * One pop on its way.
 *
 * @param exchange the request and its answer
 * @param header what is asked for
 * @param key what it may be held by
 * @param filter which messages
 * @param deadlineNanos until when it may be held, by {@code Clock.nanos}
 */
record PopTask(Exchange exchange, PopRequestHeader header, HoldKey key, RecordFilter filter, long deadlineNanos) {

    boolean mayBeHeld(long nowNanos) {
        return header.pollTimeMs() > 0
                && deadlineNanos - nowNanos > 0
                && !exchange.request().isOneWay();
    }
}
