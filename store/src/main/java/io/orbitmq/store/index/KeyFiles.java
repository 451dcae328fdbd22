package io.orbitmq.store.index;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The files of the key index: runs and the journal that lists them, with the same rules as {@link QueueFiles}. One thread
 * at a time.
 */
final class KeyFiles implements RunMerger.Files<KeyRun> {

    private static final long LONG_JOURNAL_BYTES = 1 << 20;

    private final IndexJournal journal;
    private final RunSet<KeyRun> runs;
    private long indexedEnd;
    private volatile long trimmed;

    private KeyFiles(IndexJournal journal, JournalReplay replay, RunSet<KeyRun> runs) {
        this.journal = journal;
        this.runs = runs;
        this.indexedEnd = replay.indexedEnd();
        this.trimmed = replay.trimmed();
    }

    /** @throws DamagedIndexException when something is missing or not what was written */
    static KeyFiles open(IndexDirectory directory) throws IOException {
        JournalReplay replay = new JournalReplay(new QueueRegistry());
        IndexJournal journal = IndexJournal.open(directory.disk(), directory.path(), replay);
        try {
            return new KeyFiles(journal, replay, RunSet.open(directory, replay, KeyRun::open));
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    List<KeyRun> runsOldestFirst() {
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

    /** Gives up what goes beyond the log's end. */
    void cutAt(long logEndPosition) throws IOException {
        if (indexedEnd <= logEndPosition) {
            return;
        }
        List<KeyRun> beyond = runs.endingAfter(logEndPosition);
        runs.keep(runs.endingUpTo(logEndPosition));
        indexedEnd = beyond.isEmpty()
                ? logEndPosition
                : Math.min(logEndPosition, beyond.get(0).startPosition());
        beginJournalAnew();
        beyond.forEach(run -> run.retire(true));
    }

    /** Moves a frozen memtable into a run. */
    void write(KeyMemtable table) throws IOException {
        KeyRun run = writeRun(table::writeTo, runs.takeFileNumber(), table.startPosition(), table.endPosition());
        JournalBatch batch = new JournalBatch();
        batch.runAdded(run);
        batch.indexedEnd(table.endPosition());
        append(batch, table.endPosition(), () -> runs.add(run));
    }

    /** Remembers that nothing of the log before {@code position} needs to be dispatched again. */
    void recordEnd(long position) throws IOException {
        JournalBatch batch = new JournalBatch();
        batch.indexedEnd(position);
        append(batch, position, () -> {});
    }

    @Override
    public Optional<MergeJob<KeyRun>> planMerge() {
        return runs.planMerge();
    }

    @Override
    public Optional<KeyRun> write(MergeJob<KeyRun> job) throws IOException {
        KeyMerge merge = new KeyMerge(job.inputsOldestFirst());
        return Optional.of(writeRun(
                target -> merge.writeTo(target, trimmed), job.fileNumber(), job.startPosition(), job.endPosition()));
    }

    @Override
    public List<KeyRun> install(MergeJob<KeyRun> job, Optional<KeyRun> merged) throws IOException {
        if (!runs.hasAll(job)) {
            merged.ifPresent(run -> run.retire(true));
            return List.of();
        }
        JournalBatch batch = new JournalBatch();
        merged.ifPresent(batch::runAdded);
        job.inputsOldestFirst().forEach(batch::runRemoved);
        append(batch, indexedEnd, () -> runs.replace(job, merged));
        return job.inputsOldestFirst();
    }

    /** Gives up the runs that lie before {@code minPosition}; returns them. */
    List<KeyRun> trim(long minPosition) throws IOException {
        List<KeyRun> gone = runs.endingUpTo(minPosition);
        JournalBatch batch = new JournalBatch();
        gone.forEach(batch::runRemoved);
        batch.trimmed(minPosition);
        append(batch, indexedEnd, () -> runs.keep(runs.endingAfter(minPosition)));
        trimmed = minPosition;
        return gone;
    }

    void close() throws IOException {
        runs.close();
        journal.close();
    }

    private interface Content {

        void writeTo(KeyRunWriter target) throws IOException;
    }

    private KeyRun writeRun(Content content, long fileNumber, long start, long end) throws IOException {
        return runs.write(fileNumber, target -> {
            KeyRunWriter run = new KeyRunWriter(target);
            content.writeTo(run);
            run.end(start, end);
        });
    }

    /** What the batch says is done once the journal has it. */
    private void append(JournalBatch batch, long newEnd, Runnable change) throws IOException {
        journal.append(batch);
        change.run();
        indexedEnd = newEnd;
        if (journal.sizeBytes() > LONG_JOURNAL_BYTES) {
            beginJournalAnew();
        }
    }

    private void beginJournalAnew() throws IOException {
        JournalBatch all = new JournalBatch();
        runs.oldestFirst().forEach(all::runAdded);
        all.indexedEnd(indexedEnd);
        all.trimmed(trimmed);
        journal.beginAnew(List.of(all).iterator());
    }
}
