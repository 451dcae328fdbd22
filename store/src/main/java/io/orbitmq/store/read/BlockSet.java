package io.orbitmq.store.read;

import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;

/**
 * The few places where a block of the log may stand. Looking takes no lock; filling does, so that of several threads that
 * miss the same block one reads it and the others find it. Replaced is what was not read for a round (clock).
 */
final class BlockSet {

    private final LogBlock[] blocks;
    private final int blockBytes;
    private int hand;

    BlockSet(int places, int blockBytes) {
        this.blockBytes = blockBytes;
        this.blocks = new LogBlock[places];
        for (int i = 0; i < places; i++) {
            blocks[i] = new LogBlock();
        }
    }

    /** The pinned block that holds [position, position + sizeBytes); null when there is none. */
    LogBlock pin(long position, int sizeBytes) {
        for (LogBlock block : blocks) {
            if (block.holds(position, sizeBytes) && block.pin()) {
                if (block.holds(position, sizeBytes)) {
                    return block;
                }
                block.unpin();
            }
        }
        return null;
    }

    boolean holds(long position, int sizeBytes) {
        for (LogBlock block : blocks) {
            if (block.holds(position, sizeBytes)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sees to it that a block holds [from, to), unless all places are being read or the log has less. May wait for the disk.
     *
     * @return false when another block had to go that nobody has read
     */
    synchronized boolean load(SegmentedLog log, long from, long to) throws IOException {
        if (holds(from, (int) (to - from))) {
            return true;
        }
        LogBlock block = retireOne(from);
        if (block == null) {
            return true;
        }
        boolean wasted = block.isWasted();
        block.fill(log, from, to, blockBytes);
        return !wasted;
    }

    private LogBlock retireOne(long from) {
        for (LogBlock block : blocks) {
            if (block.start() == from && block.retire()) {
                return block;
            }
        }
        for (int tries = 0; tries < 2 * blocks.length; tries++) {
            LogBlock block = blocks[hand];
            hand = (hand + 1) % blocks.length;
            if (!block.forgetUse() && block.retire()) {
                return block;
            }
        }
        return null;
    }
}
