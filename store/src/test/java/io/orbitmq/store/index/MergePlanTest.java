package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MergePlanTest {

    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    private record Sized(long fileNumber, long startPosition, long endPosition, long sizeBytes) implements Run {
        @Override
        public void retire(boolean delete) {}
    }

    @Test
    void waitsForSixOfAKind() {
        List<Sized> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            runs.add(run(i, 200 * MIB, 16 * MIB));
        }
        assertThat(MergePlan.next(runs)).isEmpty();

        runs.add(run(5, 200 * MIB, 16 * MIB));
        assertThat(MergePlan.next(runs)).contains(new MergePlan.Range(0, 6));
    }

    @Test
    void leavesLargerOlderRunsAlone() {
        List<Sized> runs = new ArrayList<>(List.of(run(0, 10 * GIB, 900 * MIB)));
        for (int i = 1; i <= 6; i++) {
            runs.add(run(i, GIB, MIB));
        }
        assertThat(MergePlan.next(runs)).contains(new MergePlan.Range(1, 7));
    }

    @Test
    void leavesRunsAloneThatCoverEnoughLog() {
        List<Sized> runs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            runs.add(run(i, 32 * GIB, MIB));
        }
        assertThat(MergePlan.next(runs)).isEmpty();
    }

    @Test
    void aTerabyteOfLogEndsInFewRuns() {
        assertThat(runsAfter(1024 * GIB, 200 * MIB, 16 * MIB)).isLessThan(60);
        assertThat(runsAfter(1024 * GIB, 64 * MIB, 16 * MIB)).isLessThan(60);
        assertThat(runsAfter(200 * GIB, 10 * MIB, 10_000)).isLessThan(60);
    }

    /** Seals runs of the given span and size, merging whenever that is due. */
    private static int runsAfter(long logBytes, long spanBytes, long sizeBytes) {
        List<Sized> runs = new ArrayList<>();
        int most = 0;
        for (long at = 0; at < logBytes; at += spanBytes) {
            runs.add(new Sized(0, at, at + spanBytes, sizeBytes));
            for (Optional<MergePlan.Range> due = MergePlan.next(runs); due.isPresent(); due = MergePlan.next(runs)) {
                List<Sized> inputs = runs.subList(due.get().from(), due.get().to());
                long size = inputs.stream().mapToLong(Sized::sizeBytes).sum();
                Sized merged = new Sized(
                        0,
                        inputs.get(0).startPosition(),
                        inputs.get(inputs.size() - 1).endPosition(),
                        size);
                inputs.clear();
                runs.add(merged);
            }
            most = Math.max(most, runs.size());
        }
        return most;
    }

    private static Sized run(long number, long spanBytes, long sizeBytes) {
        return new Sized(number, number * 100 * GIB, number * 100 * GIB + spanBytes, sizeBytes);
    }
}
