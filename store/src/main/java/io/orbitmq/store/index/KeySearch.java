package io.orbitmq.store.index;

import io.orbitmq.store.KeyQuery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One search for a key, from the newest entry to the oldest. May be run again over another view of the same index: what
 * was visited is not visited again. One thread.
 */
final class KeySearch {

    private static final long MS_PER_SECOND = 1000;

    private final long hash;
    private final long beginSeconds;
    private final long endSeconds;
    private final long minPosition;
    private final KeyIndex.PositionVisitor visitor;
    private long lastVisited = Long.MAX_VALUE;

    KeySearch(KeyQuery query, long minPosition, KeyIndex.PositionVisitor visitor) {
        byte[] key = query.key().getBytes(StandardCharsets.UTF_8);
        long seed = KeyHash.seed(query.topic().getBytes(StandardCharsets.UTF_8));
        this.hash = KeyHash.hash(seed, ByteBuffer.wrap(key), 0, key.length);
        this.beginSeconds = Math.floorDiv(query.beginMs(), MS_PER_SECOND);
        this.endSeconds = Math.floorDiv(query.endMs(), MS_PER_SECOND);
        this.minPosition = minPosition;
        this.visitor = visitor;
    }

    void run(List<KeyMemtable> memtablesNewestFirst, List<KeyRun> runsOldestFirst) throws IOException {
        for (KeyMemtable table : memtablesNewestFirst) {
            if (!table.find(hash, this::accept)) {
                return;
            }
        }
        for (int i = runsOldestFirst.size() - 1; i >= 0; i--) {
            if (!runsOldestFirst.get(i).find(hash, beginSeconds, endSeconds, this::accept)) {
                return;
            }
        }
    }

    private boolean accept(long position, int storeSeconds) throws IOException {
        if (position < minPosition) {
            return false;
        }
        if (position >= lastVisited || storeSeconds < beginSeconds || storeSeconds > endSeconds) {
            return true;
        }
        lastVisited = position;
        return visitor.visit(position);
    }
}
