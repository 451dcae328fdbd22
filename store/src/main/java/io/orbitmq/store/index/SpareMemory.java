package io.orbitmq.store.index;

import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The memory of a memtable whose entries are in the files, kept for the next memtable. Memory that came and went with
 * memtables would live too long for a young collection: it filled the heap, and a full collection every few seconds went
 * over every object of every queue. Kept only when nobody can look at the memtable any more; else the collector has it, as it has when
 * memory is short or nothing is added for long.
 *
 * <p>Readers {@link #enter}, then take the view, look, and {@link #leave}. So who is not inside when a memtable is in no
 * view any more never sees it. Any thread; nobody waits.
 *
 * @param <M> the memtables
 */
final class SpareMemory<M> {

    private final AtomicInteger readers = new AtomicInteger();
    private final AtomicReference<SoftReference<M>> spare = new AtomicReference<>(new SoftReference<>(null));

    /** Before a view is taken to be read in. */
    void enter() {
        readers.incrementAndGet();
    }

    void leave() {
        readers.decrementAndGet();
    }

    /** Keeps this memtable, which the newest view has not, unless somebody may have found it in an older one. */
    void offer(M gone) {
        if (readers.get() == 0) {
            spare.set(new SoftReference<>(gone));
        }
    }

    /** A memtable whose memory may be overwritten. */
    Optional<M> take() {
        return Optional.ofNullable(spare.getAndSet(new SoftReference<>(null)).get());
    }
}
