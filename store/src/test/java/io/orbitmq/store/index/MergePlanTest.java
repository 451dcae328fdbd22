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
    void waitsForTwelveOfAKind() {
        List<Sized> runs = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            runs.add(run(i, 200 * MIB, 16 * MIB));
        }
        assertThat(MergePlan.next(runs)).isEmpty();

        runs.add(run(11, 200 * MIB, 16 * MIB));
        assertThat(MergePlan.next(runs)).contains(new MergePlan.Range(0, 12));
    }

    @Test
    void leavesLargerOlderRunsAlone() {
        List<Sized> runs = new ArrayList<>(List.of(run(0, 10 * GIB, 900 * MIB)));
        for (int i = 1; i <= 11; i++) {
            runs.add(run(i, GIB, MIB));
        }
        assertThat(MergePlan.next(runs)).isEmpty();

        runs.add(run(12, GIB, MIB));
        assertThat(MergePlan.next(runs)).contains(new MergePlan.Range(1, 13));
    }

    @Test
    void takesSmallerNewerRunsAlong() {
        List<Sized> runs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            runs.add(run(i, GIB / 8, i % 3 == 1 ? MIB : 16 * MIB));
        }
        assertThat(MergePlan.next(runs)).isEmpty();

        for (int i = 12; i < 18; i++) {
            runs.add(run(i, GIB / 8, 16 * MIB));
        }
        assertThat(MergePlan.next(runs).map(MergePlan.Range::to)).contains(18);
    }

    @Test
    void leavesRunsAloneThatCoverEnoughLog() {
        List<Sized> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            runs.add(run(i, 32 * GIB, MIB));
        }
        assertThat(MergePlan.next(runs)).isEmpty();
    }

    @Test
    void aRunNeverCoversMuchMoreLogThanEnough() {
        Load load = new Load();
        load.run(1024 * GIB, 2 * GIB, 16 * MIB);

        assertThat(load.largestSpan).isBetween(32 * GIB, 64 * GIB);
    }

    @Test
    void aTerabyteOfLogEndsInFewRuns() {
        assertThat(new Load().run(1024 * GIB, 200 * MIB, 16 * MIB).mostRuns).isLessThan(60);
        assertThat(new Load().run(1024 * GIB, 64 * MIB, 16 * MIB).mostRuns).isLessThan(60);
        assertThat(new Load().run(200 * GIB, 10 * MIB, 10_000).mostRuns).isLessThan(60);
    }

    @Test
    void anEntryIsWrittenAgainAFewTimesOnly() {
        Load load = new Load().run(1024 * GIB, 300 * MIB, 16 * MIB);

        assertThat((double) load.mergedBytes / load.sealedBytes).isLessThan(2.1);
    }

    /** Seals runs of the given span and size, merging whenever that is due. */
    private static final class Load {

        private int mostRuns;
        private long largestSpan;
        private long sealedBytes;
        private long mergedBytes;

        private Load run(long logBytes, long spanBytes, long sizeBytes) {
            List<Sized> runs = new ArrayList<>();
            for (long at = 0; at < logBytes; at += spanBytes) {
                runs.add(new Sized(0, at, at + spanBytes, sizeBytes));
                sealedBytes += sizeBytes;
                for (Optional<MergePlan.Range> due = MergePlan.next(runs);
                        due.isPresent();
                        due = MergePlan.next(runs)) {
                    merge(runs, due.get());
                }
                mostRuns = Math.max(mostRuns, runs.size());
            }
            return this;
        }

        private void merge(List<Sized> runs, MergePlan.Range range) {
            List<Sized> inputs = runs.subList(range.from(), range.to());
            long size = inputs.stream().mapToLong(Sized::sizeBytes).sum();
            long start = inputs.get(0).startPosition();
            long end = inputs.get(inputs.size() - 1).endPosition();
            inputs.clear();
            runs.add(range.from(), new Sized(0, start, end, size));
            mergedBytes += size;
            largestSpan = Math.max(largestSpan, end - start);
        }
    }

    private static Sized run(long number, long spanBytes, long sizeBytes) {
        return new Sized(number, number * spanBytes, (number + 1) * spanBytes, sizeBytes);
    }
}
