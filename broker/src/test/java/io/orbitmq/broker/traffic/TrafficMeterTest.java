package io.orbitmq.broker.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orbitmq.broker.traffic.TrafficMeter.Kind;
import io.orbitmq.broker.traffic.TrafficMeter.Total;
import io.orbitmq.testkit.SimulatedClock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrafficMeterTest {

    private static final Duration STEP = Duration.ofSeconds(TrafficMeter.SAMPLE_SECONDS);

    private final SimulatedClock clock = new SimulatedClock();
    private final TrafficMeter meter = new TrafficMeter(clock, ZoneId.of("UTC"));

    @Test
    void nothingIsKnownOfATopicThatMovedNothing() {
        assertThat(meter.over(Span.MINUTE, Kind.SENT, "T", "")).isEmpty();
        assertThat(meter.over(Span.MINUTE, Total.SENT).count()).isZero();
    }

    @Test
    void aSteadyRateShowsInEverySpan() {
        for (int i = 0; i < 6 * 60 * 25; i++) {
            meter.sent("T", 50, 5_000);
            meter.pulled("G", "T", 20, 2_000);
            clock.advance(STEP);
            meter.sample();
        }

        for (Span span : Span.values()) {
            assertThat(meter.over(span, Kind.SENT, "T", "").orElseThrow().countPerSecond())
                    .as("%s", span)
                    .isCloseTo(5.0, within(0.01));
            assertThat(meter.over(span, Kind.PULLED, "T", "G").orElseThrow().countPerSecond())
                    .isCloseTo(2.0, within(0.01));
            assertThat(meter.over(span, Total.SENT).bytesPerSecond()).isCloseTo(500.0, within(1.0));
        }
        assertThat(meter.over(Span.MINUTE, Kind.SENT, "T", "").orElseThrow().bytesPerMessage())
                .isCloseTo(100.0, within(0.01));
    }

    @Test
    void spansForgetWhatIsOlder() {
        meter.sent("T", 600, 0);
        run(Duration.ofSeconds(70));
        assertThat(count(Span.MINUTE)).isZero();
        assertThat(count(Span.HOUR)).isEqualTo(600);

        run(Duration.ofMinutes(70));
        assertThat(count(Span.HOUR)).isZero();
        assertThat(count(Span.DAY)).isEqualTo(600);
    }

    @Test
    void aTopicAndGroupsOfItAreCountedEachByThemselves() {
        meter.sent("T", 1, 10);
        meter.pulled("G", "T", 2, 20);
        meter.pulled("H", "T", 3, 30);
        run(Duration.ofMinutes(61));
        meter.pulled("G", "T", 4, 40);

        assertThat(meter.over(Span.HOUR, Kind.PULLED, "T", "G")).hasValueSatisfying(traffic -> {
            assertThat(traffic.count()).isEqualTo(4);
            assertThat(traffic.bytes()).isEqualTo(40);
        });
        assertThat(meter.over(Span.DAY, Kind.PULLED, "T", "G").orElseThrow().bytes())
                .isEqualTo(60);
        assertThat(meter.over(Span.DAY, Kind.PULLED, "T", "H").orElseThrow().bytes())
                .isEqualTo(30);
        assertThat(meter.over(Span.DAY, Kind.SENT, "T", "").orElseThrow().bytes())
                .isEqualTo(10);
        assertThat(meter.over(Span.DAY, Kind.PULLED, "G", "T")).isEmpty();
    }

    @Test
    void aCounterOfATopicOutlivesTheTopicsBeingForgotten() {
        TrafficRecorder.Counter counter = meter.sentTo("T");
        counter.add(3, 300);
        assertThat(count(Span.MINUTE)).isEqualTo(3);
        run(Duration.ofHours(25));
        assertThat(meter.over(Span.MINUTE, Kind.SENT, "T", "")).isEmpty();

        counter.add(4, 400);

        assertThat(count(Span.MINUTE)).isEqualTo(4);
        assertThat(meter.over(Span.MINUTE, Total.SENT).count()).isEqualTo(4);
    }

    @Test
    void everyThreadsMessagesAreCounted() throws Exception {
        TrafficRecorder.Counter counter = meter.sentTo("T");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        for (int thread = 0; thread < 3; thread++) {
            threads.submit(() -> IntStream.range(0, 10_000).forEach(i -> counter.add(2, 7)));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        assertThat(count(Span.MINUTE)).isEqualTo(60_000);
        assertThat(meter.over(Span.MINUTE, Total.SENT).bytes()).isEqualTo(210_000);
    }

    @Test
    void aTopicStillForADayIsForgotten() {
        meter.sent("T", 1, 1);

        run(Duration.ofHours(26));

        assertThat(meter.over(Span.DAY, Kind.SENT, "T", "")).isEmpty();
        assertThat(meter.over(Span.DAY, Total.SENT).count()).isZero();
    }

    @Test
    void madeUpTopicsAreNotCountedOneByOneOverTheLimit() {
        for (int i = 0; i < 25_000; i++) {
            meter.sent("T" + i, 1, 1);
        }

        assertThat(meter.over(Span.DAY, Kind.SENT, "T19999", "")).isPresent();
        assertThat(meter.over(Span.DAY, Kind.SENT, "T20000", "")).isEmpty();
        assertThat(meter.over(Span.DAY, Total.SENT).count()).isEqualTo(25_000);
    }

    @Test
    void dayTotalsTurnAtMidnight() {
        meter.sent("T", 3, 0);
        run(Duration.ofHours(24));
        meter.sent("T", 4, 0);

        assertThat(meter.sentByDay()).isEqualTo(new DailyTotals(0, 3, 7));

        run(Duration.ofHours(24));
        assertThat(meter.sentByDay()).isEqualTo(new DailyTotals(3, 7, 7));
        assertThat(meter.pulledByDay()).isEqualTo(new DailyTotals(0, 0, 0));
    }

    @Test
    void pullsThatFoundNothingAreCountedApart() {
        meter.missed();
        meter.missed();
        meter.pulled("G", "T", 8, 80);
        meter.sentBack("G", "T", 1);

        assertThat(meter.over(Span.TEN_SECONDS, Total.MISSED_PULLS).count()).isEqualTo(2);
        assertThat(meter.over(Span.TEN_SECONDS, Total.FOUND_PULLS).count()).isEqualTo(1);
        assertThat(meter.over(Span.TEN_SECONDS, Total.PULLED).count()).isEqualTo(8);
        assertThat(meter.over(Span.TEN_SECONDS, Kind.SENT_BACK, "T", "G"))
                .hasValueSatisfying(traffic -> assertThat(traffic.count()).isEqualTo(1));
    }

    private void run(Duration duration) {
        for (long i = 0; i < duration.toSeconds() / TrafficMeter.SAMPLE_SECONDS; i++) {
            clock.advance(STEP);
            meter.sample();
        }
    }

    private long count(Span span) {
        return meter.over(span, Kind.SENT, "T", "").orElseThrow().count();
    }
}
