package io.orbitmq.broker.topic;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.store.StateTable;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state behind {@link Topics}: topic name to settings, and the data version that nameservers compare. A change is
 * the new version (long counter, long timestamp) and then, until the end,
 *
 * <pre>
 * 1 PUT     name, int readQueues, int writeQueues, int perm, filterType, int sysFlag, bool order, map attributes
 * 2 DELETE  name
 * </pre>
 *
 * A snapshot is a change that puts everything. Readers run beside {@link #apply}.
 */
public final class TopicTable implements StateTable {

    private static final int PUT = 1;
    private static final int DELETE = 2;

    private static final String NAME = "topics";
    /** Of a topic with a long name and without attributes. */
    private static final int SNAPSHOT_BYTES_PER_TOPIC = 80;

    private final Map<String, TopicConfig> topics = new ConcurrentHashMap<>();
    private volatile DataVersion version = DataVersion.ZERO;

    @Override
    public String name() {
        return NAME;
    }

    Optional<TopicConfig> find(String topic) {
        return Optional.ofNullable(topics.get(topic));
    }

    Collection<TopicConfig> all() {
        return Collections.unmodifiableCollection(topics.values());
    }

    DataVersion version() {
        return version;
    }

    @Override
    public void apply(ByteBuffer change) {
        StateReader reader = new StateReader(NAME, change);
        DataVersion next = takeVersion(reader);
        while (reader.hasMore()) {
            int kind = reader.takeByte();
            switch (kind) {
                case PUT -> {
                    TopicConfig config = takeConfig(reader);
                    topics.put(config.name(), config);
                }
                case DELETE -> topics.remove(reader.takeText());
                default -> throw reader.broken("kind " + kind);
            }
        }
        version = next;
    }

    @Override
    public ByteBuffer snapshot() {
        StateWriter writer = start(new StateWriter(SNAPSHOT_BYTES_PER_TOPIC * (1 + topics.size())), version);
        topics.values().forEach(config -> put(writer, config));
        return writer.toBuffer();
    }

    @Override
    public void restore(ByteBuffer snapshot) {
        topics.clear();
        apply(snapshot);
    }

    static StateWriter startChange(DataVersion version) {
        return start(new StateWriter(), version);
    }

    private static StateWriter start(StateWriter writer, DataVersion version) {
        return writer.putLong(version.counter()).putLong(version.timestamp());
    }

    static void put(StateWriter change, TopicConfig config) {
        change.putByte(PUT)
                .putText(config.name())
                .putInt(config.readQueues())
                .putInt(config.writeQueues())
                .putInt(config.permission())
                .putText(config.filterType())
                .putInt(config.sysFlag())
                .putBool(config.order())
                .putTexts(config.attributes());
    }

    static void delete(StateWriter change, String topic) {
        change.putByte(DELETE).putText(topic);
    }

    private static DataVersion takeVersion(StateReader reader) {
        long counter = reader.takeLong();
        return new DataVersion(0, reader.takeLong(), counter);
    }

    private static TopicConfig takeConfig(StateReader reader) {
        return new TopicConfig(
                reader.takeText(),
                reader.takeInt(),
                reader.takeInt(),
                reader.takeInt(),
                reader.takeText(),
                reader.takeInt(),
                reader.takeBool(),
                reader.takeTexts());
    }
}
