package io.orbitmq.nameserver.route;

import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.body.topic.TopicConfigTable;
import io.orbitmq.protocol.header.route.RegisterBrokerHeader;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.fake.RecordingConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A broker as tests describe it; each change makes a new one. */
record Brokers(
        String name,
        String address,
        long id,
        Optional<Boolean> acting,
        long timeoutMs,
        DataVersion version,
        Map<String, TopicConfig> topics,
        Connection connection) {

    static Brokers master(String name, String address) {
        return new Brokers(
                name,
                address,
                0,
                Optional.of(false),
                -1,
                new DataVersion(0, 1, 1),
                Map.of(
                        "T1", TopicConfig.of("T1", 4, 4, 6),
                        "TBW102", TopicConfig.of("TBW102", 8, 8, 7)),
                new RecordingConnection());
    }

    Brokers id(long newId, String newAddress) {
        return new Brokers(name, newAddress, newId, acting, timeoutMs, version, topics, new RecordingConnection());
    }

    Brokers acting(Optional<Boolean> newActing) {
        return new Brokers(name, address, id, newActing, timeoutMs, version, topics, connection);
    }

    Brokers timeout(long ms) {
        return new Brokers(name, address, id, acting, ms, version, topics, connection);
    }

    Brokers version(long stateVersion, long counter) {
        return new Brokers(
                name, address, id, acting, timeoutMs, new DataVersion(stateVersion, 1, counter), topics, connection);
    }

    Brokers only(TopicConfig... configs) {
        Map<String, TopicConfig> table = new LinkedHashMap<>();
        for (TopicConfig config : configs) {
            table.put(config.name(), config);
        }
        return new Brokers(name, address, id, acting, timeoutMs, version, table, connection);
    }

    Registration registration() {
        RegisterBrokerHeader header =
                new RegisterBrokerHeader(name, address, "C", "ha-" + address, id, timeoutMs, acting, false, 0, "");
        return new Registration(header, TopicConfigTable.of(version, topics), connection);
    }
}
