package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the simulation knows of the offsets it committed; each is one more than the last of its name. */
final class CommittedOffsets {

    /** Per name: what was promised, by the end of its record in the log. */
    private final Map<String, TreeMap<Long, Long>> promised = new HashMap<>();

    private final Map<String, Long> highest = new HashMap<>();

    /** The offset to commit now. */
    long next(String name) {
        return highest.merge(name, 1L, Long::sum);
    }

    void promise(String name, long offset, long endPosition) {
        promised.computeIfAbsent(name, key -> new TreeMap<>()).put(endPosition, offset);
    }

    /** Only what lies before {@code durablePosition} is promised. */
    void forgetUnforced(long durablePosition) {
        promised.values()
                .forEach(offsets -> offsets.tailMap(durablePosition, false).clear());
    }

    void check(OffsetTable table) {
        promised.forEach((name, offsets) -> {
            if (!offsets.isEmpty()) {
                assertThat(table.offsets.getOrDefault(name, 0L))
                        .as("offset %s went back", name)
                        .isBetween(offsets.lastEntry().getValue(), highest.get(name));
            }
        });
        assertThat(highest.keySet()).containsAll(table.offsets.keySet());
    }

    /** After recovery the table is right, and the log up to {@code endPosition} is forced. */
    void adopt(OffsetTable table, long endPosition) {
        table.offsets.forEach((name, offset) -> promise(name, offset, endPosition));
    }
}
