package io.orbitmq.nameserver.route;

import io.orbitmq.protocol.header.route.BrokerIdentityHeader;
import io.orbitmq.transport.Connection;
import java.util.Optional;

/**
 * A broker leaves.
 *
 * @param broker who
 * @param onlyOver present when it leaves because this connection is gone: a broker that has meanwhile registered over
 *     another connection stays
 */
record Departure(BrokerIdentityHeader broker, Optional<Connection> onlyOver) {}
