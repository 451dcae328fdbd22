package io.orbitmq.broker.group;

import io.orbitmq.protocol.frame.Language;
import io.orbitmq.transport.Connection;

/**
 * One client connection in a group, as its last heartbeat described it.
 *
 * @param connection the key: a client is its connection (protocol/07 section 1)
 * @param clientId what the client calls itself
 * @param language its language
 * @param version its release number
 * @param seenNanos when its last heartbeat came, on the monotonic clock
 */
public record Member(Connection connection, String clientId, Language language, int version, long seenNanos) {}
