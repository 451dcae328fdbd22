package io.orbitmq.broker.pop.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.testkit.Dice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table against a plain map, and what recovery demands of it. */
final class PopTableTest {

    private static final PopKey KEY = new PopKey("G", "T", 3);

    private final Map<String, Long> positions = new HashMap<>();
    private final PopTable table = newTable();

    /** A message that is out. */
    private record Out(long popTimeMs, long dueMs) {}

    @Test
    void agreesWithAMapWhateverIsDoneInWhateverOrder() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = Dice.of(seed);
            PopTable tested = newTable();
            Map<Long, Out> model = new HashMap<>();
            tested.apply(new PopChange().opened(1, KEY).toBuffer());
            for (int step = 0; step < 400; step++) {
                apply(tested, change(random, model, step));
                PopQueue queue = tested.find(KEY).orElseThrow();
                assertThat(tested.messagesOut(queue))
                        .as("seed %s step %s", seed, step)
                        .isEqualTo(model.size());
                assertThat(tested.earliestDueMs())
                        .as("seed %s step %s", seed, step)
                        .isEqualTo(model.values().stream()
                                .mapToLong(Out::dueMs)
                                .min()
                                .orElse(PopTable.NEVER));
                model.forEach((offset, out) ->
                        assertThat(tested.isOut(queue, offset, out.popTimeMs())).isTrue());
            }
        }
    }

    @Test
    void endsInTheSameStateWhenASuffixOfTheHistoryIsAppliedAgain() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = Dice.of(seed);
            Map<Long, Out> model = new HashMap<>();
            List<ByteBuffer> history = new ArrayList<>();
            history.add(new PopChange().opened(1, KEY).toBuffer());
            for (int step = 0; step < 60; step++) {
                history.add(change(random, model, step).toBuffer());
            }
            PopTable tested = newTable();
            history.forEach(change -> tested.apply(change.duplicate()));
            PopTable restored = newTable();
            restored.restore(tested.snapshot());
            int from = random.nextInt(history.size());
            history.subList(from, history.size()).forEach(change -> restored.apply(change.duplicate()));

            PopQueue queue = restored.find(KEY).orElseThrow();
            assertThat(restored.messagesOut()).as("seed %s", seed).isEqualTo(model.size());
            model.forEach((offset, out) ->
                    assertThat(restored.isOut(queue, offset, out.popTimeMs())).isTrue());
        }
    }

    @Test
    void movesTheOffsetWithTheRecordThatSaysWhatIsOut() {
        table.apply(new PopChange()
                .opened(1, KEY)
                .leased(1, new long[] {5, 6, 200}, 3, 10, 20, 201)
                .toBuffer());

        assertThat(positions).containsOnly(Map.entry("G T 3", 201L));
        assertThat(table.leases()).isEqualTo(2);
        assertThat(table.messagesOut()).isEqualTo(3);
        DueLease due = table.firstDue(20).orElseThrow();
        assertThat(table.firstDue(19)).isEqualTo(Optional.empty());
        assertThat(due.popTimeMs()).isEqualTo(10);
    }

    @Test
    void namesAnyOffsetInTheCopyThatSettlesIt() {
        for (long highest : List.of(0L, 63L, (1L << 36) - 1, (1L << 36) + 7, 5L << 40)) {
            long settled = RevivedPlace.settlement(RevivedPlace.MAX_NUMBER, Math.max(0, highest - 7));

            assertThat(RevivedPlace.number(settled)).isEqualTo(RevivedPlace.MAX_NUMBER);
            assertThat(RevivedPlace.offset(settled, highest)).isEqualTo(Math.max(0, highest - 7));
        }
    }

    @Test
    void givesNoNumberTwice() {
        int first = table.newNumber();
        table.apply(new PopChange().opened(first, KEY).topicRemoved("T").toBuffer());
        PopTable restored = newTable();
        restored.restore(table.snapshot());

        assertThat(restored.newNumber()).isEqualTo(first + 1);
        assertThat(restored.keys()).isEmpty();
    }

    @Test
    void forgetsWhatBelongsToAGroup() {
        table.apply(new PopChange()
                .opened(1, KEY)
                .opened(2, new PopKey("H", "T", 0))
                .leased(1, new long[] {0}, 1, 10, 20, 1)
                .leased(2, new long[] {0}, 1, 10, 30, 1)
                .toBuffer());

        table.apply(new PopChange().groupRemoved("G").toBuffer());

        assertThat(table.keys()).containsExactly(new PopKey("H", "T", 0));
        assertThat(table.earliestDueMs()).isEqualTo(30);
        assertThat(table.messagesOut()).isEqualTo(1);
    }

    private static PopChange change(Random random, Map<Long, Out> model, int step) {
        PopChange change = new PopChange();
        long popTimeMs = 1_000 + step;
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                long[] offsets = new long[1 + random.nextInt(6)];
                long offset = random.nextInt(300);
                for (int i = 0; i < offsets.length; i++) {
                    offsets[i] = offset;
                    offset += 1 + random.nextInt(30);
                }
                long dueMs = popTimeMs + random.nextInt(500);
                change.leased(1, offsets, offsets.length, popTimeMs, dueMs, PopChange.STAYS);
                for (long one : offsets) {
                    model.put(one, new Out(popTimeMs, dueMs));
                }
            }
            case 2 -> {
                long offset = any(random, model);
                long popTime = random.nextInt(4) == 0
                        ? 1
                        : model.getOrDefault(offset, new Out(1, 1)).popTimeMs();
                change.acked(1, offset, popTime);
                if (model.containsKey(offset) && model.get(offset).popTimeMs() == popTime) {
                    model.remove(offset);
                }
            }
            default -> {
                long offset = any(random, model);
                long dueMs = popTimeMs + random.nextInt(500);
                change.renewed(
                        1, offset, model.getOrDefault(offset, new Out(1, 1)).popTimeMs(), popTimeMs, dueMs);
                model.computeIfPresent(offset, (key, out) -> new Out(popTimeMs, dueMs));
            }
        }
        return change;
    }

    private static long any(Random random, Map<Long, Out> model) {
        List<Long> offsets = new ArrayList<>(model.keySet());
        return offsets.isEmpty() ? 7 : offsets.get(random.nextInt(offsets.size()));
    }

    private static void apply(PopTable tested, PopChange change) {
        tested.apply(change.toBuffer());
    }

    private PopTable newTable() {
        return new PopTable(
                (group, topic, queueId, offset) -> positions.put(group + " " + topic + " " + queueId, offset));
    }
}
