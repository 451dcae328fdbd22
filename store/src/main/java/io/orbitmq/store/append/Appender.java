package io.orbitmq.store.append;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.message.DraftRun;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.flush.Fence;
import io.orbitmq.store.flush.PendingArrivals;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.segment.LogTail;
import io.orbitmq.store.segment.NoRoomException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Places messages at the log's end. Owns the append lock: under it a message gets its queue offset, position and store
 * time, is encoded into the tail's memory, indexed, and left for the flusher. Any thread.
 */
public final class Appender {

    private final LogTail tail;
    private final RecordDispatcher dispatcher;
    private final PendingArrivals pending;
    private final Admission admission;
    private final Fence fence;
    private final Surroundings surroundings;
    private final ReentrantLock lock = new ReentrantLock();
    private final LongAdder refused = new LongAdder();
    // written under the lock before the tail's end moves, read after reading the tail's end
    private long lastStoreTimestamp;
    private long appendedMessages;
    private long appendedBytes;
    /** Only kept, lest the compiler leave the looking out. */
    private long seen;

    /**
     * Values and the clock.
     *
     * @param lastStoreTimestamp store time of the log's last record, 0 when empty
     * @param afterAppend run after every append, outside the lock; quick
     */
    public record Surroundings(AppendLimits limits, Clock clock, long lastStoreTimestamp, Runnable afterAppend) {}

    public Appender(
            LogTail tail,
            RecordDispatcher dispatcher,
            PendingArrivals pending,
            Admission admission,
            Fence fence,
            Surroundings surroundings) {
        this.tail = tail;
        this.dispatcher = dispatcher;
        this.pending = pending;
        this.admission = admission;
        this.fence = fence;
        this.surroundings = surroundings;
        this.lastStoreTimestamp = surroundings.lastStoreTimestamp();
    }

    /** Appends to the queue, or to its successor when its topic was deleted meanwhile. */
    public AppendOutcome append(IndexedQueue queue, MessageDraft draft) {
        int topicLength = queue.topicLength();
        int size = MessageRecord.sizeOf(draft, topicLength);
        Optional<Refused> illegal = surroundings.limits().refusal(draft, topicLength, size);
        if (illegal.isPresent()) {
            return count(illegal.get());
        }
        AppendOutcome outcome;
        lock.lock();
        try {
            Optional<Refused> refusal = admit(size, 1);
            outcome = refusal.isPresent() ? refusal.get() : place(dispatcher.live(queue), draft, size);
        } catch (IOException e) {
            outcome = refusalFor(e);
        } finally {
            lock.unlock();
        }
        return finished(outcome);
    }

    /** Looks at what appends to these queues will need, so that their waits for memory overlap. */
    public void expect(List<LogQueue> queues) {
        if (queues.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            seen = dispatcher.look(queues) + pending.look(queues.size());
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #append}, all or none, contiguously. */
    public AppendOutcome appendAll(IndexedQueue queue, DraftRun drafts, long[] positions) {
        int topicLength = queue.topicLength();
        int[] sizes = new int[drafts.size()];
        long total = 0;
        for (int i = 0; i < sizes.length; i++) {
            MessageDraft draft = drafts.draft(i);
            sizes[i] = MessageRecord.sizeOf(draft, topicLength);
            Optional<Refused> illegal = surroundings.limits().refusal(draft, topicLength, sizes[i]);
            if (illegal.isPresent()) {
                return count(illegal.get());
            }
            total += sizes[i];
        }
        Optional<Refused> tooLong = surroundings.limits().contiguous(total);
        if (tooLong.isPresent()) {
            return count(tooLong.get());
        }
        AppendOutcome outcome;
        lock.lock();
        try {
            Optional<Refused> refusal = admit(total, sizes.length);
            outcome = refusal.isPresent() ? refusal.get() : placeAll(dispatcher.live(queue), drafts, sizes, positions);
        } catch (IOException e) {
            outcome = refusalFor(e);
        } finally {
            lock.unlock();
        }
        return finished(outcome);
    }

    private AppendOutcome finished(AppendOutcome outcome) {
        if (outcome instanceof Refused refusal) {
            fence.tell();
            return count(refusal);
        }
        surroundings.afterAppend().run();
        return outcome;
    }

    /** Runs {@code action} while nothing is appended. */
    public void whileStill(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    public long appendedMessages() {
        return tail.endPosition() < 0 ? 0 : appendedMessages;
    }

    public long appendedBytes() {
        return tail.endPosition() < 0 ? 0 : appendedBytes;
    }

    public long refusedAppends() {
        return refused.sum();
    }

    /** Store time of the newest message; under the append lock ({@link #whileStill}). */
    public long lastStoreTimestamp() {
        return lastStoreTimestamp;
    }

    private Optional<Refused> admit(long totalBytes, int messages) throws IOException {
        Optional<Refused> refusal = admission.refusal();
        if (refusal.isPresent()) {
            return refusal;
        }
        if (!pending.hasRoomFor(messages)) {
            return Optional.of(new Refused(
                    Reason.BUSY,
                    pending.size() + " messages wait for the disk, which is the limit: it does not keep up."
                            + " Send slower, use flushDiskType=ASYNC_FLUSH, or a faster disk."));
        }
        tail.reserve(totalBytes);
        return Optional.empty();
    }

    private Appended place(IndexedQueue queue, MessageDraft draft, int size) throws IOException {
        long timestamp = Math.max(lastStoreTimestamp, surroundings.clock().epochMs());
        long position = tail.endPosition();
        long offset = place(queue, draft, size, position, timestamp);
        return new Appended(offset, position, position + size, timestamp);
    }

    private Appended placeAll(IndexedQueue queue, DraftRun drafts, int[] sizes, long[] positions) throws IOException {
        long timestamp = Math.max(lastStoreTimestamp, surroundings.clock().epochMs());
        long firstOffset = 0;
        for (int i = 0; i < sizes.length; i++) {
            positions[i] = tail.endPosition();
            long offset = place(queue, drafts.draft(i), sizes[i], positions[i], timestamp);
            firstOffset = i == 0 ? offset : firstOffset;
        }
        return new Appended(firstOffset, positions[0], tail.endPosition(), timestamp);
    }

    /** Gives the queue offset. */
    private long place(IndexedQueue queue, MessageDraft draft, int size, long position, long timestamp)
            throws IOException {
        boolean queued = SysFlag.isQueued(draft.sysFlag());
        long offset = queued ? queue.nextOffset() : 0;
        ByteBuffer room = tail.room(size);
        int base = room.position();
        MessageRecord.write(room, draft, queue, queue.queueId(), offset, position, timestamp);
        long tagsCode = dispatcher.index(queue, room, base, draft.stamp());
        if (queued) {
            // an inner batch arrives as a whole, with its last offset
            pending.put(queue, queue.nextOffset() - 1, tagsCode, position + size);
        }
        lastStoreTimestamp = timestamp;
        appendedMessages++;
        appendedBytes += size;
        tail.commit(size);
        dispatcher.apply(queue, room, base);
        return offset;
    }

    private Refused refusalFor(IOException e) {
        if (e instanceof NoRoomException) {
            return new Refused(Reason.DISK_FULL, e.getMessage());
        }
        // who waits is told without the append lock, as telling may wait for somebody who appends
        fence.shut("Writing the log in " + tail.directory(), e);
        return new Refused(Reason.FENCED, fence.reason());
    }

    private Refused count(Refused refusal) {
        refused.increment();
        return refusal;
    }
}
