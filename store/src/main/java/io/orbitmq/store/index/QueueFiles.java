package io.orbitmq.store.index;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The files of the queue index: runs and the journal that lists them. Every change is complete on disk before the journal
 * speaks of it; what the journal does not speak of is removed at opening. One thread at a time (the store's background
 * thread, guarded by {@link QueueIndex}).
 */
final class QueueFiles implements RunMerger.Files<QueueRun> {

    private final QueueRegistry registry;
    private final IndexJournal journal;
    private final RegistryJournal registryJournal;
    private final RunSet<QueueRun> runs;
    private final ChunkOrder chunks = new ChunkOrder();
    private long indexedEnd;
    private long trimmed;
    /** What was about to be written when a write failed is nowhere else than in the registry: the journal begins anew. */
    private boolean journalBehind;

    private QueueFiles(
            RegistryJournal registryJournal,
            QueueRegistry registry,
            IndexJournal journal,
            JournalReplay replay,
            RunSet<QueueRun> runs) {
        this.registry = registry;
        this.journal = journal;
        this.runs = runs;
        this.registryJournal = registryJournal;
        this.indexedEnd = replay.indexedEnd();
        this.trimmed = replay.trimmed();
    }

    /**
     * Opens what is there and registers the queues.
     *
     * @param view the newest one
     * @throws DamagedIndexException when something is missing or not what was written
     */
    static QueueFiles open(IndexDirectory directory, QueueRegistry registry, Supplier<IndexView> view)
            throws IOException {
        JournalReplay replay = new JournalReplay(registry);
        IndexJournal journal = IndexJournal.open(directory.disk(), directory.path(), replay);
        try {
            RunSet<QueueRun> runs = RunSet.open(directory, replay, QueueRun::open);
            return new QueueFiles(new RegistryJournal(registry, view), registry, journal, replay, runs);
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    List<QueueRun> runsOldestFirst() {
        return runs.oldestFirst();
    }

    /** -1 when nothing was ever written. */
    long indexedEnd() {
        return indexedEnd;
    }

    /** -1 when nothing was ever removed. */
    long trimmed() {
        return trimmed;
    }

    /**
     * Segments that a trim announced are still there, as a crash came between: what was dispatched from them again must
     * be trimmed again.
     */
    void lowerTrimmed(long logMinPosition) {
        trimmed = Math.min(trimmed, logMinPosition);
    }

    RegistryJournal registryJournal() {
        return registryJournal;
    }

    /** Gives up what goes beyond the log's end, so that the log can be dispatched again from {@link #indexedEnd}. */
    void cutAt(long logEndPosition) throws IOException {
        if (indexedEnd <= logEndPosition) {
            return;
        }
        List<QueueRun> beyond = runs.endingAfter(logEndPosition);
        runs.keep(runs.endingUpTo(logEndPosition));
        for (int i = beyond.size() - 1; i >= 0; i--) {
            lowerEnds(beyond.get(i));
        }
        indexedEnd = beyond.isEmpty()
                ? logEndPosition
                : Math.min(logEndPosition, beyond.get(0).startPosition());
        beginJournalAnew();
        beyond.forEach(run -> run.retire(true));
    }

    /** Moves a frozen memtable into a run; empty when all its queues were forgotten. */
    Optional<QueueRun> write(QueueMemtable table) throws IOException {
        beginBatch();
        JournalBatch batch = new JournalBatch();
        registryJournal.addChanges(batch, table.endPosition());
        MemtableSource source = new MemtableSource(
                table, chunks, registry, (number, endOffset) -> registryJournal.addBounds(batch, number, endOffset));
        Optional<QueueRun> run = source.numbers().size() == 0
                ? Optional.empty()
                : Optional.of(writeRun(source, runs.takeFileNumber(), table.startPosition(), table.endPosition()));
        run.ifPresent(batch::runAdded);
        batch.indexedEnd(table.endPosition());
        endBatch(batch);
        indexedEnd = table.endPosition();
        run.ifPresent(runs::add);
        return run;
    }

    /** Remembers that nothing of the log before {@code position} needs to be dispatched again. */
    void recordEnd(long position) throws IOException {
        beginBatch();
        JournalBatch batch = new JournalBatch();
        registryJournal.addChanges(batch, position);
        batch.indexedEnd(position);
        endBatch(batch);
        indexedEnd = position;
    }

    @Override
    public Optional<MergeJob<QueueRun>> planMerge() {
        return runs.planMerge();
    }

    @Override
    public Optional<QueueRun> write(MergeJob<QueueRun> job) throws IOException {
        MergeSource source = new MergeSource(job.inputsOldestFirst(), registry);
        return source.numbers().size() == 0
                ? Optional.empty()
                : Optional.of(writeRun(source, job.fileNumber(), job.startPosition(), job.endPosition()));
    }

    @Override
    public List<QueueRun> install(MergeJob<QueueRun> job, Optional<QueueRun> merged) throws IOException {
        if (!runs.hasAll(job)) {
            merged.ifPresent(run -> run.retire(true));
            return List.of();
        }
        JournalBatch batch = new JournalBatch();
        merged.ifPresent(batch::runAdded);
        job.inputsOldestFirst().forEach(batch::runRemoved);
        journal.append(batch);
        runs.replace(job, merged);
        return job.inputsOldestFirst();
    }

    /** Records moved bounds and gives up the runs that lie before {@code minPosition}; returns those, as {@link #install} does. */
    List<QueueRun> trim(long minPosition, JournalBatch bounds) throws IOException {
        List<QueueRun> gone = runs.endingUpTo(minPosition);
        beginBatch();
        gone.forEach(bounds::runRemoved);
        bounds.trimmed(minPosition);
        endBatch(bounds);
        runs.keep(runs.endingAfter(minPosition));
        trimmed = minPosition;
        return gone;
    }

    /** Begins the journal anew when it has grown well beyond what it has to say. */
    void tidyJournal() throws IOException {
        if (journal.sizeBytes() > registryJournal.worthwhileSizeBytes()) {
            beginJournalAnew();
        }
    }

    void close() throws IOException {
        runs.close();
        journal.close();
    }

    /** Before anything is taken from the registry that only the batch will tell. */
    private void beginBatch() throws IOException {
        if (journalBehind) {
            beginJournalAnew();
        }
        journalBehind = true;
    }

    private void endBatch(JournalBatch batch) throws IOException {
        journal.append(batch);
        journalBehind = false;
    }

    private void beginJournalAnew() throws IOException {
        JournalBatch first = new JournalBatch();
        runs.oldestFirst().forEach(first::runAdded);
        first.indexedEnd(indexedEnd);
        first.trimmed(trimmed);
        journal.beginAnew(registryJournal.snapshot(first));
    }

    /** The queues go on where they did before the run was written, though never before what was trimmed. */
    private void lowerEnds(QueueRun run) throws IOException {
        PageWindow window = new PageWindow();
        EntryGroup group = new EntryGroup();
        NumberBitmap numbers = run.numbers();
        for (int number = numbers.next(0); number >= 0; number = numbers.next(number + 1)) {
            IndexedQueue queue = registry.byNumber(number);
            if (queue != null) {
                run.read(number, window, window, group);
                long first = Math.max(group.firstOffset(), queue.minOffset());
                queue.setNextOffset(Math.min(queue.nextOffset(), first));
                queue.setVisibleEnd(queue.nextOffset());
            }
        }
    }

    private QueueRun writeRun(QueueRunSource source, long fileNumber, long start, long end) throws IOException {
        return runs.write(fileNumber, target -> QueueRunWriter.write(target, source, start, end));
    }
}
