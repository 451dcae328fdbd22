package io.orbitmq.store.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.retention.RetentionRule.Candidate;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogCleanerTest {

    private static final long GIB = 1L << 30;

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    private final FakeLog log = new FakeLog();

    /** Segments of 1 GiB on a disk of 100 GiB that holds nothing else. */
    private static final class FakeLog implements RetainedLog {

        private final List<Candidate> segments = new ArrayList<>();
        private String refusal = "";
        private boolean failing;

        @Override
        public Path directory() {
            return Path.of("/data/commitlog");
        }

        @Override
        public List<Candidate> oldestSegments(int limit) throws IOException {
            if (failing) {
                throw new IOException("no answer from the disk");
            }
            List<Candidate> found = new ArrayList<>(segments.subList(0, Math.min(limit, segments.size())));
            if (segments.size() > limit) {
                found.add(segments.get(segments.size() - 1));
            }
            return found;
        }

        @Override
        public long releasablePosition() {
            return Long.MAX_VALUE;
        }

        @Override
        public Disk.Space space() {
            return new Disk.Space(100 * GIB, 100 * GIB - segments.size() * GIB);
        }

        @Override
        public int removeBefore(long position) {
            int before = segments.size();
            segments.removeIf(segment -> segment.endPosition() <= position);
            return before - segments.size();
        }

        @Override
        public void refuseAppends(String text) {
            refusal = text;
        }

        @Override
        public void takeAppends() {
            refusal = "";
        }

        @Override
        public boolean isRefusingAppends() {
            return !refusal.isEmpty();
        }
    }

    @Test
    void refusesWithPathUsageAndLimitUntilTheDiskHasRoomAgain() throws IOException {
        fill(92, 0);
        cleaner(false).start(scheduler);

        scheduler.advance(Duration.ofSeconds(11));
        assertThat(log.refusal)
                .contains("/data/commitlog")
                .contains("92.0 %")
                .contains("above 90 %")
                .contains("again at 85 %")
                .contains("8192 MiB left");

        log.segments.subList(0, 10).clear();
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(log.isRefusingAppends()).isFalse();
    }

    @Test
    void bringsANearlyFullDiskBackUnderTheLimit() throws IOException {
        fill(99, 0);
        cleaner(true).start(scheduler);

        scheduler.advance(Duration.ofSeconds(31));

        assertThat(log.segments).hasSize(85);
        assertThat(log.isRefusingAppends()).isFalse();
    }

    @Test
    void bringsATooLargeLogToItsLimitRunByRun() throws IOException {
        fill(40, 0);
        cleaner(true, 15 * GIB).start(scheduler);

        scheduler.advance(Duration.ofSeconds(11));
        assertThat(log.segments).hasSize(30);

        scheduler.advance(Duration.ofSeconds(30));
        assertThat(log.segments).hasSize(15);
    }

    @Test
    void removesAllThatIsExpiredWhenAsked() throws IOException {
        fill(40, 25);

        assertThat(cleaner(true).removeExpired()).isEqualTo(25);
        assertThat(log.segments).hasSize(15);
    }

    @Test
    void goesOnAfterAFailedRun() throws IOException {
        fill(99, 0);
        cleaner(true).start(scheduler);
        log.failing = true;
        scheduler.advance(Duration.ofSeconds(11));
        assertThat(log.segments).hasSize(99);

        log.failing = false;
        scheduler.advance(Duration.ofSeconds(30));
        assertThat(log.segments).hasSize(85);
    }

    private LogCleaner cleaner(boolean cleanForcibly) throws IOException {
        return cleaner(cleanForcibly, 0);
    }

    private LogCleaner cleaner(boolean cleanForcibly, long maxLogBytes) throws IOException {
        int hourThatIsNot = (int) (clock.epochMs() / 3_600_000 % 24 + 12) % 24;
        DeleteHours hours = DeleteHours.parse(Integer.toString(hourThatIsNot), ZoneOffset.UTC);
        SimulatedDisk disk = new SimulatedDisk(1);
        disk.createDirectories(Path.of("/data/orbitmq"));
        Ballast ballast = Ballast.of(StoreConfig.defaults(Path.of("/data")), disk);
        return new LogCleaner(
                log,
                ballast,
                new RetentionSettings(Duration.ofHours(72), maxLogBytes, hours, 75, 85, 90, cleanForcibly),
                clock);
    }

    private void fill(int segments, int expired) {
        for (int i = 0; i < segments; i++) {
            long age = i < expired ? 100 : 1;
            log.segments.add(new Candidate(
                    i * GIB,
                    (i + 1) * GIB,
                    clock.epochMs() - Duration.ofHours(age).toMillis()));
        }
    }
}
