package io.orbitmq.broker.offset;

import io.orbitmq.broker.offset.KnownOffsets.Queue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What must be true of consumer offsets, and of what they hang on. While the broker lives, a query answers the last offset
 * told, or of a reset that no pull has noticed. Every change that is waited for is one change of the log; what was told in
 * passing goes there together, every interval. After the broker ended, however it did, it knows exactly what the log said at
 * one moment: the last after an orderly stop, else one no earlier than the last change that was known to be durable.
 */
final class OffsetModel {

    private static final String OFFSETS = "offsets";

    private final Deque<Expected> expected = new ArrayDeque<>();
    /** What the log said, oldest first: what is certainly durable, and after each change since. */
    private final List<Logged> log = new ArrayList<>(List.of(new Logged(new KnownOffsets(), 0)));
    /** Told in passing, not in the log. */
    private final Map<Queue, Long> passing = new HashMap<>();

    private final Map<Queue, Long> resets = new HashMap<>();
    private final boolean acknowledgedIsDurable;
    private long requestEnd;

    /** @param acknowledgedIsDurable false where a loss of power may take what was acknowledged */
    OffsetModel(boolean acknowledgedIsDurable) {
        this.acknowledgedIsDurable = acknowledgedIsDurable;
    }

    private record Expected(String table, Consumer<KnownOffsets> change) {}

    private record Logged(KnownOffsets known, long endPosition) {}

    KnownOffsets now() {
        return log.get(log.size() - 1).known();
    }

    // ---- changes of the log

    /** The request that follows appends a change of a table, or the store refuses it, and then all that follow too. */
    void expect(String table, Consumer<KnownOffsets> change) {
        expected.add(new Expected(table, change));
    }

    boolean expects(String table) {
        return expected.stream().anyMatch(next -> next.table().equals(table));
    }

    /** The same of what comes before what else is expected. */
    void expectFirst(String table, Consumer<KnownOffsets> change) {
        expected.addFirst(new Expected(table, change));
    }

    /** A change was appended. */
    void appended(String table, long endPosition) {
        Expected next = expected.poll();
        if (next == null || !next.table().equals(table)) {
            throw new AssertionError("expected " + next + ", but " + table + " changed");
        }
        KnownOffsets changed = now().copy();
        next.change().accept(changed);
        log.add(new Logged(changed, endPosition));
        requestEnd = endPosition;
    }

    /** End of what the request appended, 0 when that is nothing. */
    long requestEnd() {
        return requestEnd;
    }

    /** What was expected and did not come was refused. Returns whether everything came. */
    boolean endOfRequest() {
        boolean all = expected.isEmpty();
        requestEnd = 0;
        expected.clear();
        return all;
    }

    /** A client was told that everything in the log before is safe. */
    void acknowledged(long endPosition) {
        if (acknowledgedIsDurable) {
            durable(endPosition);
        }
    }

    /** Everything in the log before is durable. */
    void durable(long endPosition) {
        while (log.size() > 1 && log.get(1).endPosition() <= endPosition) {
            log.remove(0);
        }
    }

    // ---- what is told

    /** Told in passing. */
    void tell(Queue queue, long offset) {
        if (visible(queue) == offset) {
            return;
        }
        passing.put(queue, offset);
    }

    /** The request that follows sets offsets, and waits until that is durable. */
    void expectSet(Map<Queue, Long> offsets) {
        expect(OFFSETS, known -> {
            known.offsets.putAll(offsets);
            passing.keySet().removeAll(offsets.keySet());
        });
    }

    /** The request that follows forgets offsets. */
    void expectRemoval(Predicate<Queue> which) {
        expect(OFFSETS, known -> {
            known.offsets.keySet().removeIf(which);
            passing.keySet().removeIf(which);
            resets.keySet().removeIf(which);
        });
    }

    /** What was told in passing goes to the log. */
    void expectFlush() {
        Map<Queue, Long> told = Map.copyOf(passing);
        expect(OFFSETS, known -> {
            known.offsets.putAll(told);
            passing.clear();
        });
    }

    /** Whether something told in passing differs from what the log says. */
    boolean hasPassing() {
        return passing.entrySet().stream()
                .anyMatch(told -> !told.getValue().equals(now().offsets.get(told.getKey())));
    }

    void reset(Map<Queue, Long> offsets) {
        resets.putAll(offsets);
    }

    /** A reset that no pull has noticed. */
    OptionalLong resetOf(Queue queue) {
        Long offset = resets.get(queue);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    void noticed(Queue queue, long offset) {
        Long reset = resets.remove(queue);
        if (reset == null || reset != offset) {
            throw new AssertionError(queue + " was told a reset to " + offset + ", it was reset to " + reset);
        }
    }

    /** The last offset told, -1 when there is none. */
    long visible(Queue queue) {
        Long told = passing.get(queue);
        return told == null ? now().offsets.getOrDefault(queue, -1L) : told;
    }

    /** What a query must answer, negative for nothing. */
    long answer(Queue queue) {
        return resetOf(queue).orElse(visible(queue));
    }

    // ---- lives

    /** The broker ended in order and was opened again. */
    void reopenedInOrder(KnownOffsets found) {
        if (!found.equals(now())) {
            throw new AssertionError("after a stop in order expected " + now() + ", found " + found);
        }
        reopened(found);
    }

    /** The process or the machine was gone, and the broker was opened again. */
    void reopenedAfterCrash(KnownOffsets found) {
        boolean isMoment = log.stream().anyMatch(moment -> moment.known().equals(found));
        if (!isMoment) {
            throw new AssertionError(
                    "the log never said, since the last durable change, " + found + "\nbut " + moments());
        }
        reopened(found);
    }

    private String moments() {
        StringBuilder text = new StringBuilder();
        log.forEach(moment -> text.append("\n  ").append(moment.known()));
        return text.toString();
    }

    private void reopened(KnownOffsets found) {
        log.clear();
        log.add(new Logged(found, 0));
        passing.clear();
        resets.clear();
        expected.clear();
    }
}
