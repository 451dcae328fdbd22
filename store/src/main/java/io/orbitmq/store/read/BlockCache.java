package io.orbitmq.store.read;

import io.orbitmq.store.segment.SegmentedLog;
import io.orbitmq.store.segment.TailWindow;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was read from the log's files lately, in aligned blocks that all readers share: queues whose messages lie by turns
 * in the log take each block from the kernel once, and a reader behind the tail window finds the next messages in memory.
 * Holds no byte past the visible end; memory is taken as blocks are filled. Any thread.
 */
final class BlockCache {

    private static final Logger LOG = LoggerFactory.getLogger(BlockCache.class);

    private static final int PLACES_PER_SET = 8;

    /** Blocks loaded ahead of a reader each time one is missing there, so that threads change seldom. */
    static final int MOST_STRETCH = 8;

    private final SegmentedLog log;
    private final TailWindow window;
    private final LongSupplier visibleEnd;
    private final int blockBytes;
    private final BlockSet[] sets;

    /**
     * Blocks loaded ahead now: fewer as soon as blocks have to go before they were read, because more read on at distant
     * places than there is memory for, then slowly more again. An update lost to another thread does not matter.
     */
    private volatile int stretch = MOST_STRETCH;

    /**
     * The size.
     *
     * @param blockBytes bytes of one block
     * @param maxBytes bytes of all; room for at least one set of blocks is taken
     */
    record Size(int blockBytes, long maxBytes) {}

    BlockCache(SegmentedLog log, TailWindow window, LongSupplier visibleEnd, Size size) {
        this.log = log;
        this.window = window;
        this.visibleEnd = visibleEnd;
        this.blockBytes = size.blockBytes();
        this.sets = new BlockSet[(int) Math.max(1, size.maxBytes() / blockBytes / PLACES_PER_SET)];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = new BlockSet(PLACES_PER_SET, blockBytes);
        }
    }

    /** Larger records are not kept here. */
    int blockBytes() {
        return blockBytes;
    }

    /** First byte behind the block of {@code position}. */
    long blockEnd(long position) {
        return (position / blockBytes + 1) * blockBytes;
    }

    /** The pinned block that holds [position, position + sizeBytes), which must not cross blocks; null when it is not here. */
    LogBlock pin(long position, int sizeBytes) {
        return setOf(position).pin(position, sizeBytes);
    }

    /**
     * Loads the blocks of [position, position + sizeBytes), and those behind them when the one before is here: somebody
     * reads on. May wait for the disk.
     */
    void load(long position, int sizeBytes) throws IOException {
        long end = position + sizeBytes;
        for (long at = position; at < end; at = blockEnd(at)) {
            loadBlock(at);
        }
        if (isHere(position - blockBytes)) {
            loadBehind(end - 1, stretch);
        }
    }

    /** Whether the caller should have {@link #loadAhead} called for this block, which it holds; true once a block. */
    boolean claimAhead(LogBlock block) {
        long position = block.start();
        long leadStart = blockEnd(position + (lead() - 1L) * blockBytes);
        return leadStart < loadableEnd()
                && !isHere(leadStart)
                && (isHere(position - blockBytes) || isHere(position + blockBytes))
                && block.claimAhead();
    }

    /** Loads what a reader of the block of {@code position} will want next. May wait for the disk. */
    void loadAhead(long position) {
        loadBehind(position, lead() + stretch);
    }

    /** How far behind the block that is being read the last one should be that is there. */
    int lead() {
        return Math.max(1, stretch / 2);
    }

    private void loadBehind(long position, int count) {
        long at = blockEnd(position);
        boolean spare = true;
        try {
            for (int i = 0; i < count && at < loadableEnd(); i++) {
                spare &= loadBlock(at);
                at += blockBytes;
            }
            stretch = spare ? Math.min(MOST_STRETCH, stretch + 1) : Math.max(1, stretch / 2);
        } catch (IOException e) {
            // nobody has asked for these bytes yet; who does meets the failure, names the record and tells it
            LOG.debug("event=read-ahead-failed position={} cause={}", at, e.toString());
        }
    }

    /** False when memory is short, see {@link BlockSet#load}. */
    private boolean loadBlock(long position) throws IOException {
        long end = blockEnd(position);
        long from = Math.max(end - blockBytes, log.minPosition());
        long to = Math.min(end, visibleEnd.getAsLong());
        try {
            return from >= to || setOf(position).load(log, from, to);
        } catch (IOException e) {
            if (from >= log.minPosition()) {
                throw e;
            }
            // retention has removed a part of it meanwhile: it is not here
            return true;
        }
    }

    /** What lies behind is in the tail window or not there yet. */
    private long loadableEnd() {
        return Math.min(visibleEnd.getAsLong(), window.startPosition());
    }

    private boolean isHere(long position) {
        return position >= 0 && setOf(position).holds(position, 1);
    }

    private BlockSet setOf(long position) {
        return sets[(int) (position / blockBytes % sets.length)];
    }
}
