package io.orbitmq.store.tools;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.index.DamagedIndexException;
import io.orbitmq.store.index.IndexAudit;
import io.orbitmq.store.recovery.CheckpointAudit;
import io.orbitmq.store.state.Followers;
import io.orbitmq.store.state.StateTables;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Checks a store that no broker has open, and changes nothing: every record's checksum and place, the order of offsets in
 * every queue, whether the log reaches as far as the checkpoints say, and whether the queue index says what the log says.
 * Reads the whole log. Records are judged as at a start: where only our own can stand, each needs its whole checksum.
 */
public final class StoreVerifier {

    private final Disk disk;
    private final Path root;
    private final Path commitLog;
    private final Followers followers;
    private final Findings findings = new Findings();

    private StoreVerifier(Disk disk, Path root, Path commitLog, Followers followers) {
        this.disk = disk;
        this.root = root;
        this.commitLog = commitLog;
        this.followers = followers;
    }

    /**
     * Checks the store.
     *
     * @param root [storePathRootDir]
     * @param commitLog [storePathCommitLog], ordinarily {@code commitlog} in it
     * @param tables those with which a broker opens the store: they say what the queue index keeps of their messages
     * @throws IOException when there is no log, a broker has the store open, or the disk fails
     */
    public static VerifyReport verify(Disk disk, Path root, Path commitLog, List<StateTable> tables)
            throws IOException {
        if (!disk.exists(commitLog)) {
            throw new IOException("expected the segments of a log in " + commitLog
                    + ", found no such directory; give the store's root (storePathRootDir)");
        }
        StoreVerifier verifier = new StoreVerifier(disk, root, commitLog, new StateTables(tables).followers());
        Path lock = root.resolve("lock");
        if (!disk.exists(lock)) {
            return verifier.run();
        }
        AutoCloseable held = disk.lock(lock);
        try {
            return verifier.run();
        } finally {
            release(held);
        }
    }

    private VerifyReport run() throws IOException {
        Path own = root.resolve("orbitmq");
        CheckpointAudit checkpoints = CheckpointAudit.read(disk, root);
        checkpoints.damaged().forEach(file -> reportDamaged(file, checkpoints.sound()));
        Optional<IndexAudit> index = openIndex(own.resolve("queues"));
        try {
            long indexedEnd = index.map(IndexAudit::indexedEnd).orElse(-1L);
            QueueLedger ledger = new QueueLedger(findings, followers, index);
            LogWalk log = new LogWalk(disk, checkpoints, ledger, findings);
            log.run(commitLog);
            reportMissingCheckpoints(checkpoints, log);
            int queues = ledger.queueCount();
            long compared = 0;
            if (index.isPresent() && indexedEnd >= 0) {
                compared = compare(index.get(), log.minPosition(), ledger);
            }
            if (indexedEnd > log.endPosition()) {
                findings.problem(
                        "the index covers the log up to " + indexedEnd + ", but the log ends at " + log.endPosition());
            }
            long pages = checkPages(own.resolve("queues")) + checkPages(own.resolve("keys"));
            return new VerifyReport(
                    log.segments(),
                    log.minPosition(),
                    log.endPosition(),
                    log.records(),
                    log.sealed(),
                    queues,
                    checkpoints.sound(),
                    indexedEnd,
                    compared,
                    pages,
                    findings.problems(),
                    findings.problemCount(),
                    findings.notes());
        } finally {
            index.ifPresent(IndexAudit::close);
        }
    }

    private void reportDamaged(Path checkpoint, int sound) {
        findings.problem("the checkpoint " + checkpoint + " is damaged. Check the disk; "
                + (sound > 0
                        ? "a start goes by the sound one, so this file may be moved away"
                        : "restore the directory from a backup or a replica: without checkpoints a start reads the whole"
                                + " log and lacks what was recorded before its first position"));
    }

    /** A broker of ours writes one before it appends anything. */
    private void reportMissingCheckpoints(CheckpointAudit checkpoints, LogWalk log) {
        // RocketMQ writes records with that checksum too, if told so
        boolean ours = log.sealed() > 0 && disk.exists(root.resolve("orbitmq"));
        if (!ours || checkpoints.sound() + checkpoints.damaged().size() > 0) {
            return;
        }
        String missing = "there is no checkpoint in " + root.resolve("orbitmq").resolve("checkpoints")
                + ", but the log has records of ours: ";
        if (log.minPosition() == 0) {
            findings.note(missing + "the next start reads the whole log instead");
        } else {
            findings.problem(missing + "topics, groups and offsets that were recorded before the log's first position "
                    + log.minPosition() + " are lost; restore the directory from a backup or a replica");
        }
    }

    private Optional<IndexAudit> openIndex(Path directory) throws IOException {
        if (!disk.exists(directory)) {
            findings.note("there is no queue index in " + directory + ": the next start builds it from the log");
            return Optional.empty();
        }
        try {
            return Optional.of(IndexAudit.open(disk, directory));
        } catch (DamagedIndexException | NoSuchFileException e) {
            findings.problem("the queue index is damaged and the next start will rebuild it: " + e.getMessage());
            return Optional.empty();
        }
    }

    private long compare(IndexAudit index, long minPosition, QueueLedger ledger) throws IOException {
        long[] compared = new long[1];
        try {
            index.forEachQueue(minPosition, (topic, queueId, min, next, entries) -> {
                compared[0] += entries.count();
                ledger.compare(topic, queueId, next, entries);
            });
            ledger.reportMissing();
        } catch (DamagedIndexException e) {
            findings.problem("the queue index is damaged and the next start will rebuild it: " + e.getMessage());
        }
        return compared[0];
    }

    private long checkPages(Path directory) throws IOException {
        try {
            return IndexAudit.checkPages(disk, directory);
        } catch (DamagedIndexException e) {
            findings.problem("an index file is damaged: " + e.getMessage());
            return 0;
        }
    }

    private static void release(AutoCloseable lock) throws IOException {
        try {
            lock.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the store's lock cannot be released", e);
        }
    }
}
