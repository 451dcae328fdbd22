package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.message.BlankRecord;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.index.IndexedQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The records that the queues lead to: together with the blank records they must be the whole log. */
final class LogCover {

    private final SimulatedStore store;
    /** Sizes by position. */
    private final TreeMap<Long, Integer> found = new TreeMap<>();

    LogCover(SimulatedStore store) {
        this.store = store;
    }

    /** An entry of a queue. */
    private record Entry(long offset, long position, int sizeBytes) {

        static Entry of(ByteBuffer record) {
            return new Entry(
                    MessageRecord.queueOffset(record, 0),
                    MessageRecord.physicalOffset(record, 0),
                    MessageRecord.totalSize(record, 0));
        }
    }

    /** @param records all that reading the queue gives */
    void add(IndexedQueue queue, List<ByteBuffer> records) {
        List<Entry> entries = new ArrayList<>();
        store.parts().reader.scan(queue, queue.minOffset(), (offset, position, sizeBytes, code) -> {
            entries.add(new Entry(offset, position, sizeBytes));
            return true;
        });
        assertThat(entries)
                .as("index of %s", queue)
                .isEqualTo(records.stream().map(Entry::of).toList());
        for (Entry entry : entries) {
            assertThat(found.put(entry.position(), entry.sizeBytes()))
                    .as("other entry at position %d", entry.position())
                    .isNull();
        }
    }

    /** Every byte of the log from {@code position} on belongs to a record that was added, or is blank. */
    void checkFrom(long position) throws IOException {
        long at = position;
        for (Map.Entry<Long, Integer> record : found.tailMap(position).entrySet()) {
            at = behindBlank(at, record.getKey());
            assertThat(record.getKey()).as("record in a queue's index").isEqualTo(at);
            at += record.getValue();
        }
        long end = store.parts().tail.endPosition();
        assertThat(behindBlank(at, end)).as("end of the records in an index").isEqualTo(end);
    }

    private long behindBlank(long at, long next) throws IOException {
        if (at >= next) {
            return at;
        }
        ByteBuffer blank = ByteBuffer.allocate(BlankRecord.BYTES);
        store.parts().log.read(at, blank);
        long rest = store.segmentBytes - at % store.segmentBytes;
        return BlankRecord.isAt(blank, 0) && BlankRecord.remaining(blank, 0) == rest ? at + rest : at;
    }
}
