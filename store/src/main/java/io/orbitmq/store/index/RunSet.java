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
 * The run files of one index, in log order: opened as the journal lists them, written, replaced and given up. Changes
 * only what is known in memory and the files themselves; that the journal speaks of a file only when it is complete is
 * its user's business. One thread at a time, but for {@link #write}, which may run beside the rest.
 */
final class RunSet<R extends Run> {

    private final IndexDirectory directory;
    private final Opener<R> opener;
    private volatile List<R> oldestFirst;
    private long nextFileNumber;

    private RunSet(IndexDirectory directory, Opener<R> opener, List<R> oldestFirst) {
        this.directory = directory;
        this.opener = opener;
        this.oldestFirst = List.copyOf(oldestFirst);
        this.nextFileNumber =
                oldestFirst.stream().mapToLong(Run::fileNumber).max().orElse(0) + 1;
    }

    /** Opens one run file. */
    interface Opener<R> {

        R open(IndexDirectory directory, long fileNumber) throws IOException;
    }

    /** Writes all of a run file but its end. */
    interface Content {

        void writeTo(PageWriter target) throws IOException;
    }

    /**
     * Opens the files the journal knows of and removes those it does not.
     *
     * @throws DamagedIndexException when a file is not what was written
     */
    static <R extends Run> RunSet<R> open(IndexDirectory directory, JournalReplay replay, Opener<R> opener)
            throws IOException {
        List<R> runs = new ArrayList<>();
        try {
            Set<Path> known = new HashSet<>();
            for (JournalReplay.RunSpan span : replay.runsOldestFirst()) {
                runs.add(opener.open(directory, span.fileNumber()));
                span.check(runs.get(runs.size() - 1));
                known.add(RunFooter.path(directory.path(), span.fileNumber()));
            }
            directory.removeUnknown(known);
        } catch (IOException | RuntimeException e) {
            runs.forEach(run -> run.retire(false));
            throw e;
        }
        return new RunSet<>(directory, opener, runs);
    }

    List<R> oldestFirst() {
        return oldestFirst;
    }

    /** A number no file bears yet. */
    long takeFileNumber() {
        return nextFileNumber++;
    }

    /** Writes a file, durably; it does not belong to the set yet. */
    R write(long fileNumber, Content content) throws IOException {
        try (PageWriter target = new PageWriter(directory.disk(), RunFooter.path(directory.path(), fileNumber))) {
            content.writeTo(target);
            target.finish();
        }
        return opener.open(directory, fileNumber);
    }

    void add(R newest) {
        List<R> all = new ArrayList<>(oldestFirst);
        all.add(newest);
        oldestFirst = List.copyOf(all);
    }

    /** The next merge, if one is due. */
    Optional<MergeJob<R>> planMerge() {
        return MergePlan.next(oldestFirst)
                .map(range -> new MergeJob<>(oldestFirst.subList(range.from(), range.to()), takeFileNumber()));
    }

    /** Whether all the inputs of a merge are still there. */
    boolean hasAll(MergeJob<R> job) {
        return Collections.indexOfSubList(oldestFirst, job.inputsOldestFirst()) >= 0;
    }

    /** Puts the result of a merge in the place of its inputs, which are all there. */
    void replace(MergeJob<R> job, Optional<R> merged) {
        int from = Collections.indexOfSubList(oldestFirst, job.inputsOldestFirst());
        int to = from + job.inputsOldestFirst().size();
        List<R> all = new ArrayList<>(oldestFirst.subList(0, from));
        merged.ifPresent(all::add);
        all.addAll(oldestFirst.subList(to, oldestFirst.size()));
        oldestFirst = List.copyOf(all);
    }

    /** Those that end behind {@code position}. */
    List<R> endingAfter(long position) {
        return oldestFirst.stream().filter(run -> run.endPosition() > position).toList();
    }

    /** Those that end at or before {@code position}. */
    List<R> endingUpTo(long position) {
        return oldestFirst.stream().filter(run -> run.endPosition() <= position).toList();
    }

    /** Keeps these, a part of the set. */
    void keep(List<R> kept) {
        oldestFirst = List.copyOf(kept);
    }

    /** Closes all files; there are none then. */
    void close() {
        oldestFirst.forEach(run -> run.retire(false));
        oldestFirst = List.of();
    }
}
