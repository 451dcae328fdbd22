package io.orbitmq.transport.channel;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.transport.ConnectionListener;

/**
 * What all connections of one server or client share.
 *
 * @param limits the bounds of each connection
 * @param traffic the counters
 * @param warnings where bad input and failed handlers are told
 * @param clock for time-outs and idleness
 * @param listener hears of connections
 * @param incomplete what incomplete frames may take together
 * @param pausesOnUnsent whether reading pauses while the peer leaves our bytes unread. A server must, to bound its
 *     memory; a client must not: two peers that each wait for the other to read would wait for ever
 */
public record Services(
        ChannelLimits limits,
        Traffic traffic,
        WarnLimiter warnings,
        Clock clock,
        ConnectionListener listener,
        IncompleteFrames incomplete,
        boolean pausesOnUnsent) {}
