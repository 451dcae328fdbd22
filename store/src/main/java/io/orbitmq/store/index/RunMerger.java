package io.orbitmq.store.index;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Merges runs of one index into larger ones. Only choosing the runs and putting the result in their place take the lock of
 * the files, so that everything else goes on while the result is written. Any thread, one at a time.
 */
final class RunMerger<R extends Run> {

    private final IndexDirectory directory;
    private final Object filesLock;
    private final Files<R> files;
    private final Predicate<List<R>> replacing;

    /**
     * @param filesLock that of {@code files}
     * @param replacing lets readers see the files as they are now and retires the runs it is given; true if there are any
     */
    RunMerger(IndexDirectory directory, Object filesLock, Files<R> files, Predicate<List<R>> replacing) {
        this.directory = directory;
        this.filesLock = filesLock;
        this.files = files;
        this.replacing = replacing;
    }

    /** The files of an index as a merge sees them. */
    interface Files<R extends Run> {

        /** The next merge, if one is due; none when the files are closed. */
        Optional<MergeJob<R>> planMerge();

        /** Writes what a merge gives; takes long, may run beside all other methods. Empty when nothing is left. */
        Optional<R> write(MergeJob<R> job) throws IOException;

        /**
         * Puts the result in the place of the inputs and gives these, to be retired once nobody looks there. Does away with
         * the result and gives nothing when one of them is gone or the files are closed.
         */
        List<R> install(MergeJob<R> job, Optional<R> merged) throws IOException;
    }

    /**
     * Merges some runs into one if that is due.
     *
     * @return whether it did; call again then
     */
    synchronized boolean merge() throws IOException {
        Optional<MergeJob<R>> job;
        synchronized (filesLock) {
            job = directory.isSound() ? files.planMerge() : Optional.empty();
        }
        if (job.isEmpty()) {
            return false;
        }
        try {
            Optional<R> merged = files.write(job.get());
            synchronized (filesLock) {
                return replacing.test(files.install(job.get(), merged));
            }
        } catch (RetiredRunException trimmedOrClosed) {
            return false;
        } catch (DamagedIndexException e) {
            directory.markDamaged(e.getMessage());
            throw e;
        }
    }
}
