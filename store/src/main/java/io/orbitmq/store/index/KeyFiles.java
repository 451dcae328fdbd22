package io.orbitmq.store.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of the key index: runs and the journal that lists them, with the same rules as {@link QueueFiles}. One thread
 * at a time.
 */
final class KeyFiles {

    private static final long LONG_JOURNAL_BYTES = 1 << 20;

    private final IndexDirectory directory;
    private final IndexJournal journal;
    private List<KeyRun> runs;
    private long nextFileNumber;
    private long indexedEnd;
    private long trimmed;

    private KeyFiles(IndexDirectory directory, IndexJournal journal, JournalReplay replay, List<KeyRun> runs) {
        this.directory = directory;
        this.journal = journal;
        this.runs = List.copyOf(runs);
        this.nextFileNumber = runs.stream().mapToLong(KeyRun::fileNumber).max().orElse(0) + 1;
        this.indexedEnd = replay.indexedEnd();
        this.trimmed = replay.trimmed();
    }

    /** @throws DamagedIndexException when something is missing or not what was written */
    static KeyFiles open(IndexDirectory directory) throws IOException {
        JournalReplay replay = new JournalReplay(new QueueRegistry());
        IndexJournal journal = IndexJournal.open(directory.disk(), directory.path(), replay);
        List<KeyRun> runs = new ArrayList<>();
        try {
            Set<Path> known = new HashSet<>();
            for (JournalReplay.RunSpan span : replay.runsOldestFirst()) {
                runs.add(KeyRun.open(directory.disk(), directory.path(), span.fileNumber()));
                span.check(runs.get(runs.size() - 1));
                known.add(RunFooter.path(directory.path(), span.fileNumber()));
            }
            directory.removeUnknown(known);
        } catch (IOException | RuntimeException e) {
            runs.forEach(run -> run.retire(false));
            journal.close();
            throw e;
        }
        return new KeyFiles(directory, journal, replay, runs);
    }

    List<KeyRun> runsOldestFirst() {
        return runs;
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
        List<KeyRun> beyond =
                runs.stream().filter(run -> run.endPosition() > logEndPosition).toList();
        runs = runs.stream().filter(run -> run.endPosition() <= logEndPosition).toList();
        indexedEnd = beyond.isEmpty()
                ? logEndPosition
                : Math.min(logEndPosition, beyond.get(0).startPosition());
        beginJournalAnew();
        beyond.forEach(run -> run.retire(true));
    }

    /** Moves a frozen memtable into a run. */
    void write(KeyMemtable table) throws IOException {
        KeyRun run = writeRun(table::writeTo, nextFileNumber++, table.startPosition(), table.endPosition());
        JournalBatch batch = new JournalBatch();
        batch.runAdded(run);
        batch.indexedEnd(table.endPosition());
        append(batch, with(runs.size(), runs.size(), run), table.endPosition());
    }

    /** Remembers that nothing of the log before {@code position} needs to be dispatched again. */
    void recordEnd(long position) throws IOException {
        JournalBatch batch = new JournalBatch();
        batch.indexedEnd(position);
        append(batch, runs, position);
    }

    /** The next merge, if one is due. */
    Optional<MergeJob<KeyRun>> planMerge() {
        return MergePlan.next(runs)
                .map(range -> new MergeJob<>(runs.subList(range.from(), range.to()), nextFileNumber++));
    }

    /** Writes what a merge gives; takes long, may run beside all other methods. */
    KeyRun write(MergeJob<KeyRun> job, long minPosition) throws IOException {
        KeyMerge merge = new KeyMerge(job.inputsOldestFirst());
        return writeRun(
                target -> merge.writeTo(target, minPosition), job.fileNumber(), job.startPosition(), job.endPosition());
    }

    /** Puts the result in the place of the inputs, to be retired once nobody looks there; nothing when one is gone. */
    List<KeyRun> install(MergeJob<KeyRun> job, KeyRun merged) throws IOException {
        int from = Collections.indexOfSubList(runs, job.inputsOldestFirst());
        if (from < 0) {
            merged.retire(true);
            return List.of();
        }
        JournalBatch batch = new JournalBatch();
        batch.runAdded(merged);
        job.inputsOldestFirst().forEach(batch::runRemoved);
        append(batch, with(from, from + job.inputsOldestFirst().size(), merged), indexedEnd);
        return job.inputsOldestFirst();
    }

    /** Gives up the runs that lie before {@code minPosition}; returns them. */
    List<KeyRun> trim(long minPosition) throws IOException {
        List<KeyRun> gone =
                runs.stream().filter(run -> run.endPosition() <= minPosition).toList();
        JournalBatch batch = new JournalBatch();
        gone.forEach(batch::runRemoved);
        batch.trimmed(minPosition);
        append(batch, runs.subList(gone.size(), runs.size()), indexedEnd);
        trimmed = minPosition;
        return gone;
    }

    void close() throws IOException {
        runs.forEach(run -> run.retire(false));
        journal.close();
    }

    private interface Content {

        void writeTo(KeyRunWriter target) throws IOException;
    }

    private KeyRun writeRun(Content content, long fileNumber, long start, long end) throws IOException {
        try (PageWriter target = new PageWriter(directory.disk(), RunFooter.path(directory.path(), fileNumber))) {
            KeyRunWriter run = new KeyRunWriter(target);
            content.writeTo(run);
            run.end(start, end);
            target.finish();
        }
        return KeyRun.open(directory.disk(), directory.path(), fileNumber);
    }

    private void append(JournalBatch batch, List<KeyRun> newRuns, long newEnd) throws IOException {
        journal.append(batch);
        runs = List.copyOf(newRuns);
        indexedEnd = newEnd;
        if (journal.sizeBytes() > LONG_JOURNAL_BYTES) {
            beginJournalAnew();
        }
    }

    private void beginJournalAnew() throws IOException {
        JournalBatch all = new JournalBatch();
        runs.forEach(all::runAdded);
        all.indexedEnd(indexedEnd);
        all.trimmed(trimmed);
        journal.beginAnew(List.of(all).iterator());
    }

    private List<KeyRun> with(int from, int to, KeyRun replacement) {
        List<KeyRun> all = new ArrayList<>(runs.subList(0, from));
        all.add(replacement);
        all.addAll(runs.subList(to, runs.size()));
        return all;
    }
}
