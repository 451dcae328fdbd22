package io.orbitmq.store.recovery;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.index.QueueIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the queues of a store of Apache RocketMQ go on whose messages all expired: no record of the log tells, only the
 * store's own consume queues (protocol/05 section 3). Of everything else those files say the log knows better.
 *
 * <pre>
 * consumequeue/TOPIC/QUEUE/FILE        entries of 20 bytes: position 8 | size 4 | tagsCode 8
 * batchconsumequeue/TOPIC/QUEUE/FILE   entries of 46 bytes: position 8 | size 4 | tagsCode 8 | storeTimestamp 8
 *                                                           base offset 8 | messages 2 | 8 unused
 * </pre>
 *
 * A file is named by the byte position of its first entry in the queue; unused entries are zero.
 */
public final class ForeignQueueEnds {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignQueueEnds.class);
    private static final int PLAIN_BYTES = 20;
    private static final int BATCH_BYTES = 46;
    private static final int SIZE_AT = 8;
    private static final int BASE_OFFSET_AT = 28;
    private static final int COUNT_AT = 36;

    private final Disk disk;
    private final Path root;
    private final long logMinPosition;

    /** @param root the store's root directory */
    public ForeignQueueEnds(Disk disk, Path root, long logMinPosition) {
        this.disk = disk;
        this.root = root;
        this.logMinPosition = logMinPosition;
    }

    /** Gives the index the ends of queues without any record in the log, which ends at {@code logEnd}. */
    public void restore(QueueIndex index, long logEnd) throws IOException {
        if (logMinPosition == 0) {
            return;
        }
        int raised = restore(index, logEnd, root.resolve("consumequeue"), PLAIN_BYTES)
                + restore(index, logEnd, root.resolve("batchconsumequeue"), BATCH_BYTES);
        if (raised > 0) {
            LOG.info("event=expired-queues-found count={} note=\"they go on at their old offsets\"", raised);
        }
    }

    private int restore(QueueIndex index, long logEnd, Path topics, int entryBytes) throws IOException {
        int raised = 0;
        for (Path topic : disk.list(topics)) {
            for (Path queue : disk.list(topic)) {
                String queueId = queue.getFileName().toString();
                if (queueId.matches("[0-9]{1,9}")) {
                    IndexedQueue known = index.queue(topic.getFileName().toString(), Integer.parseInt(queueId));
                    OptionalLong end = known.nextOffset() > 0 ? OptionalLong.empty() : endOf(queue, entryBytes);
                    if (end.isPresent()) {
                        index.restoreEnd(known, end.getAsLong(), logEnd);
                        raised++;
                    }
                }
            }
        }
        return raised;
    }

    /** The offset behind the last entry whose message was in segments that are gone. */
    private OptionalLong endOf(Path queue, int entryBytes) throws IOException {
        List<Path> files = disk.list(queue);
        for (int i = files.size() - 1; i >= 0; i--) {
            String name = files.get(i).getFileName().toString();
            if (name.matches("[0-9]{20}")) {
                OptionalLong end = endOf(files.get(i), Long.parseLong(name), entryBytes);
                if (end.isPresent()) {
                    return end;
                }
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong endOf(Path path, long startPosition, int entryBytes) throws IOException {
        try (DiskFile file = disk.openReadOnly(path)) {
            ByteBuffer entry = ByteBuffer.allocate(entryBytes);
            long used = 0;
            long unused = file.size() / entryBytes;
            while (used < unused) {
                long middle = (used + unused) >>> 1;
                if (isExpired(file, middle, entry)) {
                    used = middle + 1;
                } else {
                    unused = middle;
                }
            }
            if (used == 0) {
                return OptionalLong.empty();
            }
            isExpired(file, used - 1, entry);
            return OptionalLong.of(
                    entryBytes == PLAIN_BYTES
                            ? startPosition / entryBytes + used
                            : entry.getLong(BASE_OFFSET_AT) + Math.max(1, entry.getShort(COUNT_AT)));
        }
    }

    /** Reads the entry; true when it is one, of a message before the log's first. Such entries come first. */
    private boolean isExpired(DiskFile file, long number, ByteBuffer entry) throws IOException {
        entry.clear();
        return file.read(number * entry.capacity(), entry) == entry.capacity()
                && entry.getInt(SIZE_AT) > 0
                && entry.getLong(0) >= 0
                && entry.getLong(0) < logMinPosition;
    }
}
