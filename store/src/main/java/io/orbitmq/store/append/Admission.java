package io.orbitmq.store.append;

import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.flush.Fence;
import java.util.Optional;

/**
 * Whether appends are taken. Closing and fencing are final; a full disk passes. Safe for any thread; the check costs
 * four volatile reads.
 */
public final class Admission {

    private final Fence fence;
    private volatile Optional<Refused> diskFull = Optional.empty();
    private volatile Optional<Refused> indexesFull = Optional.empty();
    private volatile boolean closed;

    public Admission(Fence fence) {
        this.fence = fence;
    }

    /** Refuses appends because the disk is too full, with the sentence to answer. */
    public void refuseForDisk(String text) {
        diskFull = Optional.of(new Refused(Reason.DISK_FULL, text));
    }

    /** Takes appends again. */
    public void allowDisk() {
        diskFull = Optional.empty();
    }

    public boolean isRefusingForDisk() {
        return diskFull.isPresent();
    }

    /** Refuses appends because what the indexes keep in memory cannot be written, with the sentence to answer. */
    public void refuseForIndexes(String text) {
        indexesFull = Optional.of(new Refused(Reason.DISK_FULL, text));
    }

    /** The indexes have room again. */
    public void allowIndexes() {
        indexesFull = Optional.empty();
    }

    public boolean isRefusingForIndexes() {
        return indexesFull.isPresent();
    }

    public void close() {
        closed = true;
    }

    /** Why an append would be refused now; empty when it would not. */
    public Optional<Refused> refusal() {
        if (closed) {
            return Optional.of(new Refused(Reason.CLOSED, "The store is closing; send to another broker or later."));
        }
        if (fence.isClosed()) {
            return Optional.of(new Refused(Reason.FENCED, fence.reason()));
        }
        return diskFull.isPresent() ? diskFull : indexesFull;
    }
}
