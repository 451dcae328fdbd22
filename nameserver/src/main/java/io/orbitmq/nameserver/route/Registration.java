package io.orbitmq.nameserver.route;

import io.orbitmq.protocol.body.topic.TopicConfigTable;
import io.orbitmq.protocol.header.route.RegisterBrokerHeader;
import io.orbitmq.transport.Connection;
import java.util.Objects;

/**
 * A broker announces itself and its topics.
 *
 * @param header who and where
 * @param table its topics
 * @param connection over which it said so; when that closes, the broker is gone
 */
public record Registration(RegisterBrokerHeader header, TopicConfigTable table, Connection connection) {

    public Registration {
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(connection, "connection");
    }
}
