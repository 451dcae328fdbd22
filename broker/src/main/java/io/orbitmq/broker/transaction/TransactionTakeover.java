package io.orbitmq.broker.transaction;

import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settles the half messages that Apache RocketMQ had settled before it stopped (protocol/06 section 4). A commit it leaves in
 * the log names its half message, so the table knows it already. The rest is told by its progress in the half queue,
 * by the op messages, and by newer copies of the same half message. What remains is open, and its producer is asked.
 *
 * <p>Once, on the thread that opens the store, before the check-backs start. Waits for the disk. Doing it again changes
 * nothing more.
 */
public final class TransactionTakeover {

    private static final int CHUNK = 50_000;

    private final OpenTransactions table;
    private final MessageStore store;
    private final StateLog log;
    private StateWriter change = new StateWriter();
    private int changes;

    public TransactionTakeover(OpenTransactions table, MessageStore store) {
        this.table = table;
        this.store = store;
        this.log = new StateLog(store);
    }

    /**
     * Settles what was settled.
     *
     * @param processedBelow half messages at lower offsets of the half queue are done with
     * @return how many transactions are open
     */
    public long take(long processedBelow) {
        List<ForeignHalf> undecided = new ArrayList<>();
        for (OpenTransaction open : table.from(0)) {
            if (open.queueOffset() < processedBelow) {
                settle(open.position());
            } else {
                ForeignHalf.read(store, open).ifPresent(undecided::add);
            }
        }
        Set<Long> finished = finishedOffsets(undecided);
        for (ForeignHalf half : undecided) {
            if (half.isCommitted()
                    || half.isReplaced()
                    || half.offsets().stream().anyMatch(finished::contains)) {
                settle(half.position());
            } else if (half.checks() > 0) {
                OpenTransactions.checked(change, half.position(), half.checks());
                written();
            }
        }
        flush();
        return table.count();
    }

    private void settle(long position) {
        OpenTransactions.settled(change, position);
        written();
    }

    private void written() {
        if (++changes == CHUNK) {
            flush();
        }
    }

    private void flush() {
        if (change.size() > 0) {
            log.append(table, change.toBuffer()).join();
            change = new StateWriter();
            changes = 0;
        }
    }

    /** Offsets of the half queue that op messages name, of those behind the oldest half message in question. */
    private Set<Long> finishedOffsets(List<ForeignHalf> halves) {
        Set<Long> finished = new HashSet<>();
        Optional<LogQueue> queue = store.findQueue(Names.OP_HALF_TOPIC, 0);
        long from = halves.stream().mapToLong(ForeignHalf::firstPosition).min().orElse(Long.MAX_VALUE);
        if (queue.isPresent() && from < Long.MAX_VALUE) {
            store.scan(queue.get(), queue.get().minOffset(), (offset, position, sizeBytes, code) -> {
                if (position > from) {
                    store.recordAt(position).ifPresent(record -> addOffsets(record, finished));
                }
                return true;
            });
        }
        return finished;
    }

    private static void addOffsets(ByteBuffer record, Set<Long> finished) {
        byte[] body = new byte[MessageRecord.bodyLength(record, 0)];
        record.get(MessageRecord.bodyPosition(record, 0), body);
        for (String number : new String(body, StandardCharsets.UTF_8).split(",")) {
            if (number.strip().matches("[0-9]{1,18}")) {
                finished.add(Long.parseLong(number.strip()));
            }
        }
    }
}
