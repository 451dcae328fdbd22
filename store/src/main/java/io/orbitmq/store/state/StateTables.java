package io.orbitmq.store.state;

import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.RecordFollower;
import io.orbitmq.store.StateTable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of a store by name; makes records of changes and changes of records. Tables are fixed at opening. */
public final class StateTables {

    /** The property that names the table of a change. */
    static final String TABLE_PROPERTY = "ORBIT_TABLE";

    private static final Logger LOG = LoggerFactory.getLogger(StateTables.class);
    private static final int MAX_NAME_LENGTH = 32;
    private static final HostAddress NO_HOST =
            HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    private final Map<String, StateTable> byName = new LinkedHashMap<>();
    private final Set<String> unknownNames = new HashSet<>();
    private final Followers followers;

    public StateTables(List<StateTable> tables) {
        for (StateTable table : tables) {
            String name = table.name();
            if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || byName.put(name, table) != null) {
                throw new IllegalArgumentException("names of state tables are unique and have 1 to " + MAX_NAME_LENGTH
                        + " characters, found '" + name + "'");
            }
        }
        this.followers = new Followers(tables.stream()
                .filter(RecordFollower.class::isInstance)
                .map(RecordFollower.class::cast)
                .toList());
    }

    public Collection<StateTable> all() {
        return byName.values();
    }

    public Followers followers() {
        return followers;
    }

    /** Gives a table its snapshot; one that is unknown is passed over. */
    public void restore(String name, ByteBuffer snapshot) {
        StateTable table = byName.get(name);
        if (table == null) {
            LOG.warn("event=unknown-state-table table={} action=its snapshot is dropped", name);
        } else {
            table.restore(snapshot);
        }
    }

    /** The message that carries a change of a table given at opening. */
    public MessageDraft draft(String table, ByteBuffer change, long epochMs) {
        if (!byName.containsKey(table)) {
            throw new IllegalArgumentException(
                    "expected a state table given at opening " + byName.keySet() + ", found '" + table + "'");
        }
        return draftFor(table, change, epochMs);
    }

    /** The message that carries a change of any table. */
    public static MessageDraft draftFor(String table, ByteBuffer change, long epochMs) {
        byte[] named = (TABLE_PROPERTY + '\u0001' + table + '\u0002').getBytes(StandardCharsets.UTF_8);
        return new MessageDraft(0, 0, epochMs, NO_HOST, NO_HOST, 0, 0, change, ByteBuffer.wrap(named));
    }

    /** The table a state record belongs to. */
    public static String tableName(ByteBuffer record, int base) {
        return MessageRecord.property(record, base, TABLE_PROPERTY);
    }

    /** Applies the change that is in the record at {@code base}; under the append lock, in log order. */
    public void apply(ByteBuffer record, int base) {
        String name = tableName(record, base);
        StateTable table = byName.get(name);
        if (table == null) {
            if (unknownNames.add(name)) {
                LOG.warn("event=unknown-state-table table={} action=its changes stay in the log unapplied", name);
            }
            return;
        }
        int body = MessageRecord.bodyPosition(record, base);
        table.apply(record.slice(body, MessageRecord.bodyLength(record, base)));
    }
}
