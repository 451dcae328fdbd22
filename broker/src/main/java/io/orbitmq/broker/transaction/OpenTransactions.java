package io.orbitmq.broker.transaction;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.RecordFollower;
import io.orbitmq.store.Settlement;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The transactions that are open, derived from the log: a half message opens one, a message that names it settles it,
 * and so does a change of this table. One small entry per open transaction, nothing for settled ones. A change is, until
 * the end,
 *
 * <pre>
 * 1 SETTLED  long position
 * 2 CHECKED  long position, int checks
 * 3 OPEN     long position, long queueOffset, long storeMs, int immunitySeconds, int checks
 * </pre>
 *
 * A snapshot is OPEN for each. Changed under the store's append lock; read by any thread.
 */
public final class OpenTransactions implements RecordFollower {

    private static final String NAME = "transactions";
    private static final int SETTLED = 1;
    private static final int CHECKED = 2;
    private static final int OPEN = 3;

    private final ConcurrentNavigableMap<Long, OpenTransaction> open = new ConcurrentSkipListMap<>();
    private volatile Runnable opened = () -> {};

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> followedTopics() {
        return Set.of(Names.HALF_TOPIC);
    }

    @Override
    public void follow(ByteBuffer record, int base) {
        long settles = MessageRecord.preparedTransactionOffset(record, base);
        if (settles == 0) {
            long position = MessageRecord.physicalOffset(record, base);
            OpenTransaction transaction = new OpenTransaction(
                    position,
                    MessageRecord.queueOffset(record, base),
                    MessageRecord.storeTimestamp(record, base),
                    immunitySeconds(MessageRecord.property(record, base, PropertyNames.CHECK_IMMUNITY_TIME_IN_SECONDS)),
                    0);
            if (open.putIfAbsent(position, transaction) == null) {
                opened.run();
            }
        } else if (Settlement.kind(settles) == Settlement.HALF_MESSAGE) {
            open.remove(settles);
        }
    }

    @Override
    public long neededFrom() {
        Map.Entry<Long, OpenTransaction> oldest = open.firstEntry();
        return oldest == null ? Long.MAX_VALUE : oldest.getKey();
    }

    @Override
    public void apply(ByteBuffer change) {
        StateReader reader = new StateReader(NAME, change);
        while (reader.hasMore()) {
            int kind = reader.takeByte();
            long position = reader.takeLong();
            switch (kind) {
                case SETTLED -> open.remove(position);
                case CHECKED -> {
                    int checks = reader.takeInt();
                    open.computeIfPresent(position, (key, transaction) -> transaction.withChecks(checks));
                }
                case OPEN ->
                    open.put(
                            position,
                            new OpenTransaction(
                                    position,
                                    reader.takeLong(),
                                    reader.takeLong(),
                                    reader.takeInt(),
                                    reader.takeInt()));
                default -> throw reader.broken("kind " + kind);
            }
        }
    }

    @Override
    public ByteBuffer snapshot() {
        StateWriter writer = new StateWriter();
        open.values().forEach(transaction -> writer.putByte(OPEN)
                .putLong(transaction.position())
                .putLong(transaction.queueOffset())
                .putLong(transaction.storeMs())
                .putInt(transaction.immunitySeconds())
                .putInt(transaction.checks()));
        return writer.toBuffer();
    }

    @Override
    public void restore(ByteBuffer snapshot) {
        open.clear();
        apply(snapshot);
    }

    Optional<OpenTransaction> find(long position) {
        return Optional.ofNullable(open.get(position));
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Costs a walk over all of them. */
    int count() {
        return open.size();
    }

    /** Those at or after {@code position}, oldest first; shows or misses what changes meanwhile. */
    Iterable<OpenTransaction> from(long position) {
        return open.tailMap(position, true).values();
    }

    /** {@code listener} is told, under the append lock, of every transaction that begins; set once, before requests. */
    void onOpened(Runnable listener) {
        opened = listener;
    }

    static void settled(StateWriter change, long position) {
        change.putByte(SETTLED).putLong(position);
    }

    static void checked(StateWriter change, long position, int checks) {
        change.putByte(CHECKED).putLong(position).putInt(checks);
    }

    private static int immunitySeconds(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        try {
            return Math.max(-1, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
