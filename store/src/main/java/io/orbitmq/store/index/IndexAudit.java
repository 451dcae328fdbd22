package io.orbitmq.store.index;

import io.orbitmq.foundation.file.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an index that nobody has open, without changing it: for comparing it with the log. Every page it touches is
 * checked. One thread; to be closed.
 */
public final class IndexAudit implements AutoCloseable {

    private final QueueRegistry registry;
    private final JournalReplay replay;
    private final List<QueueRun> runs;

    private IndexAudit(QueueRegistry registry, JournalReplay replay, List<QueueRun> runs) {
        this.registry = registry;
        this.replay = replay;
        this.runs = runs;
    }

    /** Hears what the index knows of a queue. */
    public interface QueueVisitor {

        /**
         * @param minOffset the oldest offset
         * @param nextOffset where the queue goes on, as far as the index's files know
         * @param entries entries of the queue
         */
        void visit(String topic, int queueId, long minOffset, long nextOffset, EntrySum entries);
    }

    /**
     * Opens the queue index in {@code directory}.
     *
     * @throws DamagedIndexException when the journal, a footer or a bitmap is not what was written
     */
    public static IndexAudit open(Disk disk, Path directory) throws IOException {
        QueueRegistry registry = new QueueRegistry();
        JournalReplay replay = new JournalReplay(registry);
        IndexJournal.read(disk, directory, replay);
        List<QueueRun> runs = new ArrayList<>();
        IndexAudit audit = new IndexAudit(registry, replay, runs);
        try {
            for (JournalReplay.RunSpan span : replay.runsOldestFirst()) {
                runs.add(QueueRun.open(disk, directory, span.fileNumber()));
                span.check(runs.get(runs.size() - 1));
            }
            return audit;
        } catch (IOException | RuntimeException e) {
            audit.close();
            throw e;
        }
    }

    /** Everything in the log before this is in the index's files; -1 when it was never written. */
    public long indexedEnd() {
        return replay.indexedEnd();
    }

    /** The oldest offset of a queue; 0 when it is not known. */
    public long minOffset(String topic, int queueId) {
        return registry.find(topic, queueId).map(IndexedQueue::minOffset).orElse(0L);
    }

    public int runCount() {
        return runs.size();
    }

    /** Visits every queue, counting only entries from its oldest offset on, and at or after {@code minPosition} of the log. */
    public void forEachQueue(long minPosition, QueueVisitor visitor) throws IOException {
        PageWindow[] directories = new PageWindow[runs.size()];
        PageWindow[] entries = new PageWindow[runs.size()];
        for (int i = 0; i < runs.size(); i++) {
            directories[i] = new PageWindow();
            entries[i] = new PageWindow();
        }
        EntryGroup group = new EntryGroup();
        for (int number = 1; number < registry.nextNumber(); number++) {
            IndexedQueue queue = registry.byNumber(number);
            if (queue == null) {
                continue;
            }
            EntrySum sum = new EntrySum();
            for (int i = 0; i < runs.size(); i++) {
                if (runs.get(i).contains(number)) {
                    runs.get(i).read(number, directories[i], entries[i], group);
                    for (long at = group.indexOfPosition(minPosition); at < group.count(); at++) {
                        if (group.offset(at) < queue.minOffset()) {
                            continue;
                        }
                        sum.add(group.offset(at), group.position(at), group.sizeBytes(at), group.tagsCode(at));
                    }
                }
            }
            visitor.visit(queue.topic(), queue.queueId(), queue.minOffset(), queue.nextOffset(), sum);
        }
    }

    /**
     * Reads and checks every page of every run file in a directory, of either index.
     *
     * @return how many pages were read
     * @throws DamagedIndexException for the first page that is not what was written
     */
    public static long checkPages(Disk disk, Path directory) throws IOException {
        long pages = 0;
        ByteBuffer page = ByteBuffer.allocate(PageWriter.PAGE_BYTES);
        for (Path path : disk.list(directory)) {
            if (path.toString().endsWith(RunFooter.SUFFIX)) {
                PagedFile file = new PagedFile(disk, path);
                try {
                    for (long number = 0; number * PageWriter.PAGE_BYTES < file.sizeBytes(); number++) {
                        file.readPages(number, page);
                        pages++;
                    }
                } finally {
                    file.retire(false);
                }
            }
        }
        return pages;
    }

    @Override
    public void close() {
        runs.forEach(run -> run.retire(false));
    }
}
