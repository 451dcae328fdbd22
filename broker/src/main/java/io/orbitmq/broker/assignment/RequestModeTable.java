package io.orbitmq.broker.assignment;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.protocol.body.group.MessageRequestMode;
import io.orbitmq.protocol.body.group.RequestMode;
import io.orbitmq.store.StateTable;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state behind {@link RequestModes}: topic and group to mode. A change is, until its end, any number of
 *
 * <pre>
 * 1 PUT  topic, group, bool pop, int popShareQueues
 * </pre>
 *
 * A snapshot is a change that puts everything. Readers run beside {@link #apply}.
 */
public final class RequestModeTable implements StateTable {

    private static final int PUT = 1;
    private static final String NAME = "request-modes";

    private final Map<Key, MessageRequestMode> modes = new ConcurrentHashMap<>();

    private record Key(String topic, String group) {}

    @Override
    public String name() {
        return NAME;
    }

    Optional<MessageRequestMode> find(String topic, String group) {
        return Optional.ofNullable(modes.get(new Key(topic, group)));
    }

    Collection<MessageRequestMode> all() {
        return Collections.unmodifiableCollection(modes.values());
    }

    @Override
    public void apply(ByteBuffer change) {
        StateReader reader = new StateReader(NAME, change);
        while (reader.hasMore()) {
            int kind = reader.takeByte();
            if (kind != PUT) {
                throw reader.broken("kind " + kind);
            }
            Key key = new Key(reader.takeText(), reader.takeText());
            modes.put(key, takeMode(key, reader));
        }
    }

    @Override
    public ByteBuffer snapshot() {
        StateWriter writer = new StateWriter();
        modes.values().forEach(mode -> put(writer, mode));
        return writer.toBuffer();
    }

    @Override
    public void restore(ByteBuffer snapshot) {
        modes.clear();
        apply(snapshot);
    }

    static void put(StateWriter change, MessageRequestMode mode) {
        change.putByte(PUT)
                .putText(mode.topic())
                .putText(mode.consumerGroup())
                .putBool(mode.mode() == RequestMode.POP)
                .putInt(mode.popShareQueues());
    }

    private static MessageRequestMode takeMode(Key key, StateReader reader) {
        RequestMode mode = reader.takeBool() ? RequestMode.POP : RequestMode.PULL;
        return new MessageRequestMode(key.topic(), key.group(), mode, reader.takeInt());
    }
}
