package io.orbitmq.broker.offset;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.store.StateTable;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The state behind {@link ConsumerOffsets}: (group, topic, queue) to offset. A change is one byte of kind and then
 *
 * <pre>
 * 1 SET            until the end: group, topic, int count, count times (int queueId, long offset)
 * 2 REMOVE_GROUP   group
 * 3 REMOVE_TOPIC   topic
 * 4 REMOVE         group, topic
 * </pre>
 *
 * A snapshot is one SET of everything. Readers run beside {@link #apply}.
 */
public final class OffsetTable implements StateTable {

    static final int SET = 1;
    static final int REMOVE_GROUP = 2;
    static final int REMOVE_TOPIC = 3;
    static final int REMOVE = 4;

    private static final String NAME = "offsets";

    private final Map<GroupTopic, OffsetRow> rows = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void apply(ByteBuffer change) {
        StateReader reader = new StateReader(NAME, change);
        int kind = reader.takeByte();
        switch (kind) {
            case SET -> applySet(reader);
            case REMOVE_GROUP -> {
                String group = reader.takeText();
                rows.keySet().removeIf(key -> key.group().equals(group));
            }
            case REMOVE_TOPIC -> {
                String topic = reader.takeText();
                rows.keySet().removeIf(key -> key.topic().equals(topic));
            }
            case REMOVE -> rows.remove(takeKey(reader));
            default -> throw reader.broken("kind " + kind);
        }
    }

    @Override
    public ByteBuffer snapshot() {
        StateWriter writer = new StateWriter().putByte(SET);
        rows.values().forEach(row -> putRow(writer, row.key(), row::visitLogged));
        return writer.toBuffer();
    }

    @Override
    public void restore(ByteBuffer snapshot) {
        rows.clear();
        apply(snapshot);
    }

    /** An offset that a record of another table carries; under the append lock, like {@link #apply}. */
    public void applyMoved(String group, String topic, int queueId, long offset) {
        rowOf(new GroupTopic(group, topic)).move(queueId, offset);
    }

    Optional<OffsetRow> find(String group, String topic) {
        return Optional.ofNullable(rows.get(new GroupTopic(group, topic)));
    }

    OffsetRow rowOf(GroupTopic key) {
        OffsetRow row = rows.get(key);
        return row != null ? row : rows.computeIfAbsent(key, OffsetRow::new);
    }

    Collection<OffsetRow> rows() {
        return rows.values();
    }

    /** Writes one row of a SET, nothing when {@code queues} shows none. Returns whether it wrote. */
    static boolean putRow(StateWriter writer, GroupTopic key, Consumer<OffsetRow.QueueVisitor> queues) {
        RowWriter row = new RowWriter(writer, key);
        queues.accept(row);
        return row.finish();
    }

    private void applySet(StateReader reader) {
        while (reader.hasMore()) {
            OffsetRow row = rowOf(takeKey(reader));
            for (int left = reader.takeInt(); left > 0; left--) {
                int queueId = reader.takeInt();
                row.apply(queueId, reader.takeLong());
            }
        }
    }

    private static GroupTopic takeKey(StateReader reader) {
        String group = reader.takeText();
        return new GroupTopic(group, reader.takeText());
    }

    /** Writes the key before the first queue and the count after the last. */
    private static final class RowWriter implements OffsetRow.QueueVisitor {

        private final StateWriter writer;
        private final GroupTopic key;
        private int countPosition;
        private int count;

        private RowWriter(StateWriter writer, GroupTopic key) {
            this.writer = writer;
            this.key = key;
        }

        @Override
        public void visit(int queueId, long offset) {
            if (count++ == 0) {
                writer.putText(key.group()).putText(key.topic());
                countPosition = writer.size();
                writer.putInt(0);
            }
            writer.putInt(queueId).putLong(offset);
        }

        private boolean finish() {
            if (count > 0) {
                writer.setInt(countPosition, count);
            }
            return count > 0;
        }
    }
}
