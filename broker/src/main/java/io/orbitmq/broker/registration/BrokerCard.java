package io.orbitmq.broker.registration;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.body.topic.RegisterBrokerBody;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.body.topic.TopicConfigTable;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.route.BrokerIdentityHeader;
import io.orbitmq.protocol.header.route.RegisterBrokerHeader;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** Writes this broker's registration requests from its topics and settings. Stateless; any thread. */
final class BrokerCard {

    /** Tables larger than this travel compressed. */
    private static final int COMPRESSED_ABOVE_TOPICS = 1_000;

    private static final int CRC_MASK = 0x7FFFFFFF;
    private static final int HA_PORT_DISTANCE = 1;

    private final LiveConfig config;
    private final AdvertisedAddress address;
    private final Topics topics;

    BrokerCard(LiveConfig config, AdvertisedAddress address, Topics topics) {
        this.config = config;
        this.address = address;
        this.topics = topics;
    }

    DataVersion version() {
        return topics.version();
    }

    /** Whether the table is so large that nameservers are first asked if they need it. */
    boolean isLarge() {
        return topics.all().size() > COMPRESSED_ABOVE_TOPICS;
    }

    /** Everything; the version is read first, so that a change racing with this is registered again. */
    Command everything() {
        DataVersion version = topics.version();
        return registration(version, topics.all());
    }

    /** Only these topics, those that were deleted meanwhile left out. */
    Command only(Collection<String> names) {
        DataVersion version = topics.version();
        List<TopicConfig> changed =
                names.stream().flatMap(name -> topics.find(name).stream()).toList();
        return registration(version, changed);
    }

    Command dataVersionQuery() {
        byte[] body = Json.write(topics.version().toJson());
        return Command.request(RequestCode.QUERY_DATA_VERSION, identity().toFields(), ByteBuffer.wrap(body));
    }

    Command unregistration() {
        return Command.request(RequestCode.UNREGISTER_BROKER, identity().toFields());
    }

    private BrokerIdentityHeader identity() {
        var identity = config.get().identity();
        return new BrokerIdentityHeader(
                identity.brokerName(), address.text(), identity.clusterName(), identity.brokerId());
    }

    private Command registration(DataVersion version, Collection<TopicConfig> configs) {
        BrokerConfig current = config.get();
        Map<String, TopicConfig> table = new LinkedHashMap<>();
        configs.forEach(
                topic -> table.put(topic.name(), masked(topic, current.topics().brokerPermission())));
        RegisterBrokerBody body = new RegisterBrokerBody(TopicConfigTable.of(version, table), List.of());
        boolean compressed = table.size() > COMPRESSED_ABOVE_TOPICS;
        byte[] bytes = compressed ? body.encodeCompressed() : body.encode();
        RegisterBrokerHeader header = new RegisterBrokerHeader(
                current.identity().brokerName(),
                address.text(),
                current.identity().clusterName(),
                address.textWithPort(address.port() + HA_PORT_DISTANCE),
                current.identity().brokerId(),
                -1,
                Optional.of(false),
                compressed,
                crc(bytes),
                "");
        return Command.request(RequestCode.REGISTER_BROKER, header.toFields(), ByteBuffer.wrap(bytes));
    }

    /** Without its read or write permission the broker registers no topic with it (protocol/02 section 3.6). */
    private static TopicConfig masked(TopicConfig topic, int brokerPermission) {
        int readAndWrite = 6;
        if ((brokerPermission & readAndWrite) == readAndWrite) {
            return topic;
        }
        return topic.withPermission(topic.permission() & brokerPermission);
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue() & CRC_MASK;
    }
}
